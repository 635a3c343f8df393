// SPDX-License-Identifier: MIT
internal import Foundation

/// Folders of the file system.
package enum Folder {
  /// Creates the folder and those above it; fine if it exists.
  package static func create(_ path: String) throws(StoreError) {
    if mkdir(path, 0o777) == 0 { return }
    if errno == ENOENT, parent(of: path) != path {
      try create(parent(of: path))
      if mkdir(path, 0o777) == 0 { return }
    }
    if errno == EEXIST && exists(path + "/.") { return }
    // A file of this name: say so rather than "exists".
    throw .system(action: "create", path: path, code: errno == EEXIST ? ENOTDIR : errno)
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Removes a folder with what is in it, as far as can be; links are removed, not followed.
  package static func remove(_ path: String) {
    for name in (try? names(in: path)) ?? [] where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// The names in a folder, sorted.
  package static func names(in path: String) throws(StoreError) -> [String] {
    guard let folder = opendir(path) else { throw .system(action: "read", path: path, code: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
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
