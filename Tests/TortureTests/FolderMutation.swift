// SPDX-License-Identifier: MIT
import Foundation

/// Damage to the files of a folder: contents, or the file itself removed, swapped, or something else in its place.
enum FolderMutation {
  /// Changes one to three of `names`, files below `folder`; returns in words what was done.
  static func damage(_ folder: String, _ names: [String], _ dice: inout Dice) throws -> [String] {
    try (0...dice.below(3)).map { _ in try once(folder, names, &dice) }
  }

  private static func once(_ folder: String, _ names: [String], _ dice: inout Dice) throws -> String {
    let name = dice.pick(names)
    let path = "\(folder)/\(name)"
    guard dice.once(in: 4) else {
      guard let bytes = contents(path) else { return "\(name) is no file any more" }
      try Data(Mutation.mutated(Array(bytes), &dice)).write(to: URL(fileURLWithPath: path))
      return "\(name) changed"
    }
    let other = "\(folder)/\(dice.pick(names))"
    let choice = dice.below(9)
    if choice == 0 {
      let bytes = contents(other) ?? Data()
      // A pipe or a device in its place would take the bytes, or wait for a reader.
      unlink(path)
      try? bytes.write(to: URL(fileURLWithPath: path))
      return "\(name) has the bytes of \(other)"
    }
    if choice == 1 {
      chmod(path, 0)
      return "\(name) is unreadable"
    }
    unlink(path)
    switch choice {
    case 2: mkdir(path, 0o755)
    case 3: mkfifo(path, 0o644)
    case 4: symlink("/nowhere/at/all", path)
    case 5: symlink(path, path)
    case 6: symlink(dice.pick(["/dev/zero", "/dev/null", "/dev/full", "/proc/self/mem"]), path)
    case 7: _ = FileManager.default.createFile(atPath: path, contents: Data())
    default: break
    }
    let kinds = ["", "", "a folder", "a fifo", "a dangling link", "a loop of links", "a link to a device", "empty"]
    return "\(name) is \(choice < kinds.count ? kinds[choice] : "removed")"
  }

  /// The bytes of a file, nil for what an earlier damage made of it: reading a pipe or a device would never end.
  private static func contents(_ path: String) -> Data? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileManager.default.contents(atPath: path)
  }
}
