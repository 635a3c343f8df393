// SPDX-License-Identifier: MIT
internal import Foundation

/// Replaces files as a whole: whoever reads sees the old bytes or the new ones, also after kill -9 or a power cut.
public enum AtomicFile {
  /// Writes a temporary file beside `path`, flushes it to the disk, renames it over `path`, flushes the folder.
  ///
  /// Throws `StoreError.system`; the old file is then untouched and the temporary one removed.
  public static func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
    try write(bytes, to: path, through: temporaryPath(for: path))
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

  /// `folder/.name.pid.partial`: two processes that write one file do not share a temporary.
  private static func temporaryPath(for path: String) -> String {
    let name = path.split(separator: "/").last ?? "file"
    return "\(Folder.parent(of: path))/.\(name).\(getpid())\(suffix)"
  }

  private static let suffix = ".partial"

  /// Removes temporaries in `folder` whose process was killed.
  static func removeLeftovers(in folder: String) throws(StoreError) {
    for name in try Folder.names(in: folder) where isTemporary(name) {
      let words = name.dropLast(suffix.count).split(separator: ".")
      guard let pid = words.last.flatMap({ Int32($0) }), kill(pid, 0) != 0, errno == ESRCH else { continue }
      unlink("\(folder)/\(name)")
    }
  }

  static func isTemporary(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(suffix) }
}
