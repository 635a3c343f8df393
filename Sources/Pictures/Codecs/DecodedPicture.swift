// SPDX-License-Identifier: MIT

/// One decoded PNG or JPEG: rows, columns, 1 or 3 channels of 8 bits.
struct DecodedPicture: Equatable {
  let height: Int
  let width: Int
  let channels: Int
  let pixels: [UInt8]

  /// The file extensions of pictures, in lower case.
  static let extensions: Set<String> = ["png", "jpg", "jpeg"]

  /// The largest PNG or JPEG file to open: one picture of 4096 x 4096 fits uncompressed.
  static let fileLimit = 64 << 20

  /// The most bytes of pixels of one picture, whatever the set may take: a file of a few bytes can claim gigabytes.
  static let pixelLimit = 256 << 20

  init(height: Int, width: Int, channels: Int, pixels: [UInt8]) {
    (self.height, self.width, self.channels, self.pixels) = (height, width, channels, pixels)
  }

  /// Decodes what the bytes are, whatever the file's name says; throws `PictureError`.
  init(_ bytes: [UInt8], path: String, limit: Int) throws(PictureError) {
    let limit = min(limit, Self.pixelLimit)
    if Self.isPNG(bytes) {
      self = try PNGCodec.decode(bytes, path: path, limit: limit)
    } else if Self.isJPEG(bytes) {
      self = try JPEGCodec.decode(bytes, path: path, limit: limit)
    } else {
      throw .malformed(path: path, problem: "it is neither PNG nor JPEG")
    }
  }

  static func isPNG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) }
  static func isJPEG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }
}
