// SPDX-License-Identifier: MIT
internal import CZlib
internal import Foundation

/// A file read by zlib: decompressed if it is gzip, as it stands if not.
struct GzipStream: ~Copyable, ByteStream {
  let path: String
  private let file: gzFile

  /// Throws `PictureError.system` where there is no such file or nobody may read it.
  init(_ path: String) throws(PictureError) {
    let descriptor = try PictureFile.open(path).descriptor
    guard let file = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw .system(action: "read", path: path, code: ENOMEM)
    }
    (self.path, self.file) = (path, file)
    gzbuffer(file, 1 << 17)
  }

  /// Whether the file is gzip; known once something has been read.
  var isCompressed: Bool { gzdirect(file) == 0 }

  deinit { gzclose_r(file) }

  mutating func next(_ count: Int) throws(PictureError) -> [UInt8] {
    let count = min(count, 1 << 30)
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, Int(gzread(file, buffer.baseAddress, UInt32(count))))
    }
    if bytes.count < count { try check() }
    return bytes
  }

  /// zlib's words without the descriptor's number, which it takes for the file's name: "<fd:5>: incorrect header".
  private static func cause(_ text: String) -> Substring {
    guard text.hasPrefix("<fd:"), let end = text.firstIndex(of: ">") else { return text[...] }
    return text[end...].dropFirst(3)
  }

  /// Throws what zlib found: a cut (only seen at the end of the data), a wrong checksum, a failing disk.
  private func check() throws(PictureError) {
    var code: Int32 = Z_OK
    let text = gzerror(file, &code).map { Self.cause(String(cString: $0)) } ?? ""
    switch code {
    case Z_OK, Z_STREAM_END: return
    case Z_ERRNO: throw .system(action: "read", path: path, code: errno)
    case Z_BUF_ERROR: throw .malformed(path: path, problem: "its compressed data are cut off")
    default: throw .malformed(path: path, problem: "its compressed data are damaged (\(text))")
    }
  }
}
