// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation

/// A file as it stands.
struct FileStream: ~Copyable, ByteStream {
  let path: String
  /// The file's bytes when it was opened.
  let size: Int
  private let descriptor: Int32
  private var place = 0

  /// Throws `PictureError` where there is no such file, nobody may read it, or it is a pipe or a device.
  init(_ path: RawPath) throws(PictureError) {
    self.path = path.text
    (descriptor, size) = try PictureFile.open(path)
  }

  init(_ path: String) throws(PictureError) { try self.init(RawPath(path)) }

  deinit { close(descriptor) }

  mutating func next(_ count: Int) throws(PictureError) -> [UInt8] {
    let bytes = try PictureFile.bytes(descriptor, from: place, count: count, path: path)
    place += bytes.count
    return bytes
  }
}
