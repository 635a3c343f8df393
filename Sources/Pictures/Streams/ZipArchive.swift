// SPDX-License-Identifier: MIT
internal import CZip
internal import Foundation

/// A zip file, read in memory by libzip; nothing is ever written to a disk.
///
/// A class because its entries' streams must keep it open.
final class ZipArchive {
  /// One file of the archive.
  struct Entry {
    let index: UInt64
    let name: String
    /// Bytes after decompression, as the archive declares.
    let size: UInt64
  }

  let path: String
  private let archive: OpaquePointer
  /// The files in the order of their names' bytes; folders left out.
  private(set) var entries: [Entry] = []

  /// Throws `PictureError`: no zip file, names that lead out of a folder, encryption, methods other than deflate.
  init(_ path: String) throws(PictureError) {
    let descriptor = try PictureFile.open(path).descriptor
    var code: Int32 = 0
    guard let archive = zip_fdopen(descriptor, 0, &code) else {
      close(descriptor)
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw .malformed(path: path, problem: "not a readable zip file: \(String(cString: zip_error_strerror(&error)))")
    }
    (self.path, self.archive) = (path, archive)
    for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
      if let entry = try entry(index) { entries.append(entry) }
    }
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  // Opened for reading: there is nothing to write back.
  deinit { zip_discard(archive) }

  private func entry(_ index: UInt64) throws(PictureError) -> Entry? {
    var status = zip_stat_t()
    let known = zip_uint64_t(ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD)
    guard zip_stat_index(archive, index, 0, &status) == 0, status.valid & known == known, let text = status.name else {
      throw .malformed(path: path, problem: "its entry \(index) is damaged")
    }
    let name = String(cString: text)
    guard Self.isSafe(name) else {
      throw .malformed(path: path, problem: "its entry '\(name)' leads out of the archive: not a data set's file")
    }
    if name.hasSuffix("/") { return nil }
    guard status.encryption_method == UInt16(ZIP_EM_NONE) else {
      throw .malformed(path: path, problem: "its entry '\(name)' is encrypted")
    }
    guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(status.comp_method)) else {
      throw .malformed(
        path: path,
        problem: "its entry '\(name)' has the compression \(status.comp_method); allowed are 0 (stored), 8 (deflated)")
    }
    return Entry(index: index, name: name, size: status.size)
  }

  /// Relative, and never upwards.
  private static func isSafe(_ name: String) -> Bool {
    let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    return !name.isEmpty && !name.hasPrefix("/") && !name.hasPrefix("\\") && !parts.contains("..")
      && !(parts.first?.hasSuffix(":") ?? false)
  }

  /// The entry's bytes from their beginning; throws `PictureError` if it declares more than `limit`.
  func stream(_ entry: Entry, limit: Int) throws(PictureError) -> ZipStream {
    let name = "\(path), \(entry.name)"
    guard entry.size <= UInt64(max(0, limit)) else {
      throw .malformed(path: name, problem: "it declares \(entry.size) bytes, more than the limit of \(limit)")
    }
    guard let file = zip_fopen_index(archive, entry.index, 0) else {
      throw .malformed(path: name, problem: String(cString: zip_strerror(archive)))
    }
    return ZipStream(path: name, file: file, size: entry.size, archive: self)
  }

  /// All bytes of an entry, its checksum verified.
  func contents(_ entry: Entry, limit: Int) throws(PictureError) -> [UInt8] {
    var stream = try stream(entry, limit: limit)
    let bytes = try stream.bytes(Int(clamping: entry.size), of: "contents")
    try stream.end(after: "contents")
    return bytes
  }
}
