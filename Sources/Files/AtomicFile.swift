// SPDX-License-Identifier: MIT
internal import Foundation

/// Replaces files as a whole: whoever reads sees the old bytes or the new ones, also after kill -9 or a power cut.
///
/// Only regular files are replaced: a link stays and its target is, a pipe or a device is written to.
public enum AtomicFile {
  /// Writes a temporary file beside `path`, flushes it to the disk, renames it over `path`, flushes the folder.
  ///
  /// Throws `StoreError.system`; the old file is then untouched and the temporary one removed.
  public static func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
    if let number = OwnDescriptor.number(of: path) {
      return try write(bytes, into: try OpenFile(duplicating: number, path: path, action: "write"))
    }
    switch mode(path, followsLinks: true) {
    case nil, S_IFREG:
      let target = try target(of: path)
      let temporary = temporaryPath(for: target)
      // A link that somebody laid under this name is not followed.
      unlink(temporary)
      try write(bytes, to: target, through: temporary)
    case S_IFDIR: throw .system(action: "write", path: path, code: EISDIR)
    default: try write(bytes, into: try OpenFile(path, O_WRONLY, action: "write"))
    }
  }

  /// The same of a file that is the program's own: a pipe or a device in its place is replaced, not written to.
  public static func replace(_ bytes: [UInt8], at path: String) throws(StoreError) {
    if let mode = mode(path, followsLinks: true), mode != S_IFREG, mode != S_IFDIR { unlink(path) }
    try write(bytes, to: path)
  }

  private static func write(_ bytes: [UInt8], into file: consuming OpenFile) throws(StoreError) {
    try file.write(bytes)
    try file.synchronize()
  }

  /// The same of a text, in UTF-8.
  public static func write(_ text: String, to path: String) throws(StoreError) {
    try write(Array(text.utf8), to: path)
  }

  /// The same with a given temporary file.
  package static func write(
    _ bytes: [UInt8], to path: String, through temporary: String
  ) throws(StoreError) {
    do throws(StoreError) {
      let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_TRUNC, action: "write")
      try file.write(bytes)
      try file.synchronize()
      if rename(temporary, path) != 0 { throw .system(action: "write", path: path, code: errno) }
    } catch {
      unlink(temporary)
      // The user knows the file, not its temporary.
      if case .system(let action, temporary, let code) = error {
        throw .system(action: action, path: path, code: code)
      }
      throw error
    }
    try Folder.synchronize(Folder.parent(of: path))
  }

  /// The type of what stands at a path; nil if nothing does or nobody may know.
  private static func mode(_ path: String, followsLinks: Bool) -> mode_t? {
    var status = stat()
    return (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Where the links at `path` lead, also if nothing stands there yet.
  private static func target(of path: String) throws(StoreError) -> String {
    var target = path
    for _ in 0..<40 {
      guard mode(target, followsLinks: false) == S_IFLNK else { return target }
      guard let link = SymbolicLink.target(of: target) else { throw .system(action: "write", path: path, code: errno) }
      target = link
    }
    throw .system(action: "write", path: path, code: ELOOP)
  }

  /// `folder/.name.pid.partial`: two processes that write one file do not share a temporary.
  static func temporaryPath(for path: String) -> String {
    // A name may take 255 bytes, and this one is longer than the file's.
    let name = String((path.split(separator: "/").last ?? "file").unicodeScalars.prefix(55))
    return "\(Folder.parent(of: path))/.\(name).\(getpid())\(suffix)"
  }

  private static let suffix = ".partial"

  /// Removes temporaries in `folder` whose process was killed: files and staging folders of ours, and what Foundation's
  /// atomic writing, which reports used once, has left (`.dat.nosync1a2b.XXXXXX`).
  package static func removeLeftovers(in folder: String) throws(StoreError) {
    for name in try Folder.names(in: folder) {
      guard let pid = process(of: name), kill(pid, 0) != 0, errno == ESRCH else { continue }
      let path = "\(folder)/\(name)"
      if unlink(path) != 0 { removeStaging(path, name) }
    }
  }

  /// Removes a staging folder `.NAME.pid.partial` if it is empty or holds a file `NAME.ending`, and no folders.
  private static func removeStaging(_ path: String, _ name: String) {
    let stem = name.dropFirst().split(separator: ".").dropLast(2).joined(separator: ".") + "."
    guard let names = try? Folder.names(in: path), names.isEmpty || names.contains(where: { $0.hasPrefix(stem) }),
      !names.contains(where: { Folder.exists("\(path)/\($0)/.") })
    else { return }
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// Whether a name is that of a temporary of one of these files.
  package static func isTemporary(_ name: String, of files: Set<String>) -> Bool {
    guard isTemporary(name) else { return false }
    return files.contains(
      name.dropFirst().dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
        .dropLast().joined(separator: "."))
  }

  /// The process that a temporary belongs to; nil for other names.
  private static func process(of name: String) -> Int32? {
    let words = name.split(separator: ".")
    if isTemporary(name) { return words.dropLast().last.flatMap { Int32($0) } }
    guard name.hasPrefix(".dat.nosync"), words.count == 3 else { return nil }
    return Int32(words[1].dropFirst("nosync".count), radix: 16)
  }

  package static func isTemporary(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(suffix) }
}
