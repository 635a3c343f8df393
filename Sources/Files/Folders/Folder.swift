// SPDX-License-Identifier: MIT
internal import Foundation

/// Folders of the file system.
public enum Folder {
  /// Creates the folder and those above it; fine if it exists.
  public static func create(_ path: String) throws(StoreError) {
    if mkdir(path, 0o777) == 0 { return }
    if errno == ENOENT, parent(of: path) != path {
      try create(parent(of: path))
      if mkdir(path, 0o777) == 0 { return }
    }
    if errno == EEXIST && exists(path + "/.") { return }
    // A file of this name: say so rather than "exists".
    throw .system(action: "create", path: path, code: errno == EEXIST ? ENOTDIR : errno)
  }

  /// Creates a folder of a new name that begins with `start`, for this user alone (mode 0700); returns its path.
  package static func createUnique(_ start: String) throws(StoreError) -> String {
    var template = Array("\(start)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .system(action: "create", path: parent(of: start), code: errno) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Removes a folder with what is in it, as far as can be; links are removed, not followed.
  package static func remove(_ path: String) {
    for name in (try? names(in: path)) ?? [] where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// The names in a folder, sorted; those that are not UTF-8 as they are shown.
  public static func names(in path: String) throws(StoreError) -> [String] {
    try entries(in: RawPath(path)).map { PrintableText.line($0) }.sorted()
  }

  /// The names in a folder as the system has them, sorted by their bytes.
  package static func entries(in path: RawPath) throws(StoreError) -> [[UInt8]] {
    guard let folder = path.withCString({ opendir($0) }) else {
      throw .system(action: "read", path: path.text, code: errno)
    }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while true {
      // A listing that breaks off looks like its end but for errno.
      errno = 0
      guard let entry = readdir(folder) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
    }
    if errno != 0 { throw .system(action: "read", path: path.text, code: errno) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  package static func parent(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    let above = parts.dropLast().joined(separator: "/")
    if path.hasPrefix("/") { return "/" + above }
    return above.isEmpty ? "." : above
  }

  /// Makes new and renamed entries of a folder durable.
  package static func synchronize(_ path: String) throws(StoreError) {
    try OpenFile(path, O_RDONLY | O_DIRECTORY, action: "write").synchronize()
  }
}
