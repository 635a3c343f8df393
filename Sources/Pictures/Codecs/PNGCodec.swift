// SPDX-License-Identifier: MIT
internal import CPNG

/// PNG by libpng's simplified interface.
///
/// The stored values, whatever gamma or profile the file declares: gray stays gray and colour colour, palettes and
/// fewer bits are expanded. The pixels are those that Pillow reads.
enum PNGCodec {
  /// Throws `PictureError`: damaged files, 16 bits per channel, transparency, more than `limit` bytes of pixels.
  static func decode(_ bytes: [UInt8], path: String, limit: Int) throws(PictureError) -> DecodedPicture {
    // libpng keeps the address of the bytes between its two calls.
    try PNGChunks.essential(bytes).withUnsafeBytes { memory -> Result<DecodedPicture, PictureError> in
      Result { () throws(PictureError) -> DecodedPicture in try decode(memory, path: path, limit: limit) }
    }.get()
  }

  private static func decode(
    _ memory: UnsafeRawBufferPointer, path: String, limit: Int
  ) throws(PictureError) -> DecodedPicture {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0 else {
      throw failure(image, path)
    }
    let flags = image.format
    guard flags & PNG_FORMAT_FLAG_LINEAR == 0 else {
      throw .malformed(path: path, problem: "it has 16 bits per channel; allowed are up to 8")
    }
    let (colours, hasAlpha) = (flags & PNG_FORMAT_FLAG_COLOR == 0 ? 1 : 3, flags & PNG_FORMAT_FLAG_ALPHA != 0)
    image.format = flags & (PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
    let (height, width, channels) = (Int(image.height), Int(image.width), colours + (hasAlpha ? 1 : 0))
    let size = try PictureSize.bytes([height, width, channels], limit: limit, path: path)
    var pixels = [UInt8](repeating: 0, count: size)
    guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else { throw failure(image, path) }
    if hasAlpha { pixels = try opaque(pixels, channels: channels, path: path) }
    return DecodedPicture(height: height, width: width, channels: colours, pixels: pixels)
  }

  /// The pixels without their last channel, which must be 255 everywhere.
  private static func opaque(_ pixels: [UInt8], channels: Int, path: String) throws(PictureError) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(pixels.count / channels * (channels - 1))
    for start in stride(from: 0, to: pixels.count, by: channels) {
      guard pixels[start + channels - 1] == 255 else {
        throw .malformed(path: path, problem: "it is transparent in places; only opaque pictures can be compared")
      }
      kept += pixels[start..<start + channels - 1]
    }
    return kept
  }

  /// A PNG file of 8-bit gray or RGB pixels; its bytes depend on the pixels and the versions of libpng and zlib.
  static func encode(_ picture: DecodedPicture, path: String) throws(PictureError) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.width, image.height) = (UInt32(picture.width), UInt32(picture.height))
    image.format = picture.channels == 3 ? PNG_FORMAT_FLAG_COLOR : 0
    // Once for the size, once for the bytes.
    var size = 0
    guard png_image_write_to_memory(&image, nil, &size, 0, picture.pixels, 0, nil) != 0 else {
      throw failure(image, path)
    }
    var bytes = [UInt8](repeating: 0, count: size)
    guard png_image_write_to_memory(&image, &bytes, &size, 0, picture.pixels, 0, nil) != 0 else {
      throw failure(image, path)
    }
    return Array(bytes.prefix(size))
  }

  private static func failure(_ image: png_image, _ path: String) -> PictureError {
    let text = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return .malformed(path: path, problem: "not a readable PNG file: \(text)")
  }
}
