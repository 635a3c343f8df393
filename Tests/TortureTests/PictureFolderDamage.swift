// SPDX-License-Identifier: MIT
import Foundation

/// Damage to a folder of pictures `0.png`, `1.png` .., in two classes or none: to bytes, names and kinds of files.
struct PictureFolderDamage {
  let folder: String
  let count: Int
  let hasClasses: Bool

  private func place(_ index: Int) -> String { hasClasses ? "\(folder)/class \(index % 2)" : folder }

  /// Returns how many pictures the folder names now; nil where that is a matter of opinion.
  func damage(_ dice: inout Dice) throws -> Int? {
    let index = dice.below(count)
    let path = "\(place(index))/\(index).png"
    switch dice.below(10) {
    case 0, 1, 2:
      let bytes = FileManager.default.contents(atPath: path) ?? Data()
      try Data(Mutation.mutated(Array(bytes), &dice)).write(to: URL(fileURLWithPath: path))
      return count
    case 3: return rename(path, place(index), dice.pick(["caf\u{E9}.png", "\u{1B}[2J.png", "a\nb.png", "=1.PNG"]))
    case 4:
      // Latin-1: no text in UTF-8.
      return renameRaw(path, Array(place(index).utf8) + Array("/caf".utf8) + [0xE9] + Array(".png".utf8))
    case 5 where hasClasses: return renameRaw(place(index), Array("\(folder)/caf".utf8) + [0xE9])
    case 6 where hasClasses:
      unlinkAll(place(index))
      symlink("/nowhere/at/all", place(index))
      // What is behind the link nobody knows: the other class alone must not pass for the set.
      return count
    case 7:
      unlink(path)
      symlink(dice.pick(["/nowhere.png", path, "/dev/zero", "."]), path)
      return count
    case 8:
      unlink(path)
      if dice.once(in: 2) { mkfifo(path, 0o644) } else { mkdir(path, 0o755) }
      return nil
    default:
      unlink(path)
      return count - 1
    }
  }

  private func rename(_ path: String, _ folder: String, _ name: String) -> Int {
    Foundation.rename(path, "\(folder)/\(name)")
    return count
  }

  private func renameRaw(_ path: String, _ bytes: [UInt8]) -> Int {
    _ = (bytes + [0]).withUnsafeBytes { Foundation.rename(path, $0.bindMemory(to: CChar.self).baseAddress) }
    return count
  }

  private func unlinkAll(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
