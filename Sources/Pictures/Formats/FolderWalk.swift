// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation

/// The files below a folder, sorted by their path's bytes; links followed, hidden ones (`.name`) left out.
///
/// Names are bytes from end to end. Whatever is not among `files` is in `leftOut`: nothing is passed over in silence.
struct FolderWalk {
  /// Paths relative to `root`.
  private(set) var files: [[UInt8]] = []
  private(set) var leftOut = LeftOut()
  private var seen: Set<[UInt64]> = []
  private let root: RawPath
  private let taken: Set<[UInt8]>

  /// Files with one of the extensions (lower case), at any depth; those named by `taken` are read elsewhere.
  ///
  /// Throws `PictureError`: a folder that cannot be read, or that links lead to twice.
  init(_ root: String, extensions: Set<String>, taken: Set<String> = []) throws(PictureError) {
    self.root = RawPath(root)
    self.taken = Set(taken.map { Array($0.utf8) })
    try visit([], extensions)
    files.sort { $0.lexicographicallyPrecedes($1) }
  }

  /// Where a file lies.
  func path(of file: [UInt8]) -> RawPath { file.isEmpty ? root : root.appending(file) }

  /// `extensions` nil: nothing below is read.
  private mutating func visit(_ folder: [UInt8], _ extensions: Set<String>?) throws(PictureError) {
    let path = path(of: folder)
    guard let status = Self.status(path) else { throw .system(action: "read", path: path.text, code: errno) }
    guard seen.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else {
      throw .malformed(path: path.text, problem: "links lead to this folder twice, or round in a circle")
    }
    for name in try Self.entries(in: path) {
      let entry = folder.isEmpty ? name : folder + [UInt8(ascii: "/")] + name
      if !taken.contains(entry) { try visit(entry: entry, name, extensions) }
    }
  }

  private mutating func visit(
    entry: [UInt8], _ name: [UInt8], _ extensions: Set<String>?
  ) throws(PictureError) {
    let shown = PrintableText.line(entry)
    guard let status = Self.status(path(of: entry)) else {
      leftOut.add(unread: shown, reason: Self.reason(errno))
      return
    }
    let isHidden = name.first == UInt8(ascii: ".")
    let fileExtension = Self.fileExtension(String(decoding: name, as: UTF8.self))
    switch status.st_mode & S_IFMT {
    // Hidden folders are looked through, but nothing in them is read.
    case S_IFDIR: try visit(entry, isHidden ? nil : extensions)
    case _ where extensions?.contains(fileExtension) == true && !isHidden: files.append(entry)
    case S_IFREG:
      do throws(PictureError) {
        let start = try PictureFile.start(of: path(of: entry), count: LeftOut.startLength)
        // A system's own notes on a picture (._name.png) begin otherwise.
        leftOut.add(shown, fileExtension: isHidden || extensions == nil ? "hidden" : fileExtension, start: start)
      } catch {
        leftOut.add(unread: shown, reason: error.reason)
      }
    default: leftOut.add(shown, kind: "special")
    }
  }

  /// What is known of an entry, links followed; nil (and errno) of those that lead nowhere.
  private static func status(_ path: RawPath) -> stat? {
    var status = stat()
    return path.withCString { stat($0, &status) } == 0 ? status : nil
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }

  /// What follows the last dot, in lower case; empty without one.
  static func fileExtension(_ name: String) -> String {
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    return words.count > 1 ? words[words.count - 1].lowercased() : ""
  }

  static func isFolder(_ path: String) -> Bool { status(RawPath(path)).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

  /// The names in a folder, sorted.
  static func entries(in path: RawPath) throws(PictureError) -> [[UInt8]] {
    do throws(StoreError) { return try Folder.entries(in: path) } catch {
      guard case .system(let action, let path, let code) = error else {
        throw .malformed(path: path.text, problem: "\(error)")
      }
      throw .system(action: action, path: path, code: code)
    }
  }
}
