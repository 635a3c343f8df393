// SPDX-License-Identifier: MIT
internal import Files

extension NPYHeader {
  /// Reads a header, after which the elements follow. Throws `PictureError`, for an array without elements too.
  init(_ stream: inout some ByteStream & ~Copyable) throws(PictureError) {
    let path = stream.path
    try self.init(
      next: { count throws(PictureError) in try stream.bytes(count, of: "header") },
      failure: { PictureError.malformed(path: path, problem: $0) })
    guard !shape.isEmpty, !shape.contains(0) else {
      let sizes = shape.map { "\($0)" }.joined(separator: ", ")
      throw .malformed(path: path, problem: "its shape is (\(sizes)); each axis needs at least one element")
    }
  }

  /// Bytes of the elements; throws `PictureError` for more than `limit`.
  func byteCount(limit: Int, path: String) throws(PictureError) -> Int {
    try PictureSize.bytes(shape + [element.size], limit: limit, path: path)
  }

  /// Reads past the header; throws `PictureError` where it is not the one that was read before.
  static func skip(
    _ stream: inout some ByteStream & ~Copyable, expecting header: NPYHeader
  ) throws(PictureError) {
    let again = try NPYHeader(&stream)
    guard again.element == header.element, again.shape == header.shape else {
      throw .malformed(path: stream.path, problem: "it changed while it was read")
    }
  }
}
