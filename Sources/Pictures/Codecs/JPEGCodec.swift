// SPDX-License-Identifier: MIT
internal import CTurboJPEG

/// JPEG by libjpeg-turbo: the pixels that Pillow and OpenCV see. A rotation noted by a camera (EXIF) is not applied.
enum JPEGCodec {
  /// The most bytes of pixels of one picture: progressive ones take three times as much while they are decoded.
  static let pixelLimit = 128 << 20

  /// Throws `PictureError`: damaged or cut files, CMYK, more than `limit` bytes of pixels.
  static func decode(_ bytes: [UInt8], path: String, limit: Int) throws(PictureError) -> DecodedPicture {
    guard let codec = tjInitDecompress() else { throw failure(nil, path) }
    defer { tjDestroy(codec) }
    var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard tjDecompressHeader3(codec, bytes, UInt(bytes.count), &width, &height, &subsampling, &colours) == 0 else {
      throw failure(codec, path)
    }
    // The header of a file that is cut off before its frame counts as read.
    guard width > 0, height > 0 else {
      throw .malformed(path: path, problem: "not a readable JPEG file: it has no picture")
    }
    let isGray = colours == Int32(TJCS_GRAY.rawValue)
    guard isGray || [TJCS_RGB, TJCS_YCbCr].contains(where: { Int32($0.rawValue) == colours }) else {
      throw .malformed(path: path, problem: "its colours are for print (CMYK); allowed are gray and RGB")
    }
    let channels = isGray ? 1 : 3
    let limit = min(limit, pixelLimit)
    let size = try PictureSize.bytes([Int(height), Int(width), channels], limit: limit, path: path)
    var pixels = [UInt8](repeating: 0, count: size)
    let format = Int32((isGray ? TJPF_GRAY : TJPF_RGB).rawValue)
    // The last two: what is damaged is refused, and so are files made to take forever.
    let flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
    guard tjDecompress2(codec, bytes, UInt(bytes.count), &pixels, width, 0, height, format, flags) == 0 else {
      throw failure(codec, path)
    }
    return DecodedPicture(height: Int(height), width: Int(width), channels: channels, pixels: pixels)
  }

  private static func failure(_ codec: tjhandle?, _ path: String) -> PictureError {
    let text = tjGetErrorStr2(codec).map { String(cString: $0) } ?? "unknown"
    return .malformed(path: path, problem: "not a readable JPEG file: \(text)")
  }
}
