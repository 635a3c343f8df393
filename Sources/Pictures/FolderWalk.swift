// SPDX-License-Identifier: MIT
internal import Foundation

/// The files below a folder, sorted by their path's bytes; hidden ones (`.name`) left out, links followed.
struct FolderWalk {
  private(set) var files: [String] = []
  private var seen: Set<[UInt64]> = []
  private let root: String

  /// Paths relative to `root` of files with one of the extensions (lower case), at any depth.
  ///
  /// Throws `PictureError`: a folder that cannot be read, or that links lead to twice.
  init(_ root: String, extensions: Set<String>) throws(PictureError) {
    self.root = root
    try visit("", extensions)
    files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private mutating func visit(_ folder: String, _ extensions: Set<String>) throws(PictureError) {
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    var status = stat()
    guard stat(path, &status) == 0 else { throw .system(action: "read", path: path, code: errno) }
    guard seen.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else {
      throw .malformed(path: path, problem: "links lead to this folder twice, or round in a circle")
    }
    for name in try Self.names(in: path) where !name.hasPrefix(".") {
      let inner = folder.isEmpty ? name : "\(folder)/\(name)"
      if Self.isFolder("\(root)/\(inner)") {
        try visit(inner, extensions)
      } else if extensions.contains(Self.fileExtension(name)) {
        files.append(inner)
      }
    }
  }

  /// What follows the last dot, in lower case; empty without one.
  static func fileExtension(_ name: String) -> String {
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    return words.count > 1 ? words[words.count - 1].lowercased() : ""
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted.
  static func names(in path: String) throws(PictureError) -> [String] {
    guard let folder = opendir(path) else { throw .system(action: "read", path: path, code: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
