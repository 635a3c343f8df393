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
    let target = try target(of: path)
    switch mode(target) {
    case nil, S_IFREG: try write(bytes, to: target, through: temporaryPath(for: target))
    case S_IFDIR: throw .system(action: "write", path: path, code: EISDIR)
    default:
      let file = try OpenFile(target, O_WRONLY, action: "write")
      try file.write(bytes)
      try file.synchronize()
    }
  }

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

  /// The type of what stands at a path, links not followed; nil if nothing does or nobody may know.
  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Where the links at `path` lead, also if nothing stands there yet.
  private static func target(of path: String) throws(StoreError) -> String {
    var target = path
    for _ in 0..<40 {
      guard mode(target) == S_IFLNK else { return target }
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(target, &buffer, buffer.count)
      guard count > 0 else { throw .system(action: "write", path: path, code: errno) }
      let link = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      target = link.hasPrefix("/") ? link : "\(Folder.parent(of: target))/\(link)"
    }
    throw .system(action: "write", path: path, code: ELOOP)
  }

  /// `folder/.name.pid.partial`: two processes that write one file do not share a temporary.
  private static func temporaryPath(for path: String) -> String {
    let name = path.split(separator: "/").last ?? "file"
    return "\(Folder.parent(of: path))/.\(name).\(getpid())\(suffix)"
  }

  private static let suffix = ".partial"

  /// Removes temporaries in `folder` whose process was killed.
  package static func removeLeftovers(in folder: String) throws(StoreError) {
    for name in try Folder.names(in: folder) where isTemporary(name) {
      let words = name.dropLast(suffix.count).split(separator: ".")
      guard let pid = words.last.flatMap({ Int32($0) }), kill(pid, 0) != 0, errno == ESRCH else { continue }
      unlink("\(folder)/\(name)")
    }
  }

  package static func isTemporary(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(suffix) }
}
