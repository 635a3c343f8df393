// SPDX-License-Identifier: MIT
import CPNG
import CTurboJPEG
import CZlib

/// Bytes of small files, as other programs write them.
enum Encoded {
  static func big(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }

  static func idx(_ magic: UInt32, _ shape: [UInt32], _ values: [UInt8]) -> [UInt8] {
    big(magic) + shape.flatMap(big) + values
  }

  /// An npy file of version 1.0 with the header as given.
  static func npy(_ header: String, _ data: [UInt8]) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + data
  }

  static func npy(_ type: String, _ shape: [Int], _ data: [UInt8]) -> [UInt8] {
    let tuple = shape.map { "\($0)," }.joined(separator: " ")
    return npy("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(tuple)), }", data)
  }

  static func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) } }
  }

  static func doubles(_ values: [Double]) -> [UInt8] {
    values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) } }
  }

  /// A PNG chunk's checksum, of its name and data.
  static func checksum(_ bytes: [UInt8]) -> [UInt8] { big(UInt32(crc32(0, bytes, UInt32(bytes.count)))) }

  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    // 16 above the window's 15 bits asks for gzip's header.
    deflateInit2_(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: bytes.count + 1000))
    let (inputSize, outputSize) = (UInt32(input.count), UInt32(output.count))
    input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        (stream.next_in, stream.avail_in) = (source.baseAddress, inputSize)
        (stream.next_out, stream.avail_out) = (target.baseAddress, outputSize)
        deflate(&stream, Z_FINISH)
      }
    }
    return Array(output.prefix(Int(stream.total_out)))
  }

  /// A PNG of gray (1), gray and alpha (2), RGB (3) or RGBA (4) pixels.
  static func png(_ height: Int, _ width: Int, _ channels: Int, _ pixels: [UInt8]) -> [UInt8] {
    let formats: [UInt32] = [
      0, PNG_FORMAT_FLAG_ALPHA, PNG_FORMAT_FLAG_COLOR, PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA,
    ]
    return png(height, width, formats[channels - 1], pixels)
  }

  /// A gray PNG of 16 bits.
  static func deepPNG(_ height: Int, _ width: Int) -> [UInt8] {
    png(height, width, PNG_FORMAT_FLAG_LINEAR, [UInt16](repeating: 1000, count: height * width))
  }

  private static func png(_ height: Int, _ width: Int, _ format: UInt32, _ pixels: [some BitwiseCopyable]) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.height, image.width, image.format) = (UInt32(height), UInt32(width), format)
    var bytes = [UInt8](repeating: 0, count: 10_000 + 2 * height * width * 8)
    var size = bytes.count
    let written = png_image_write_to_memory(&image, &bytes, &size, 0, pixels, 0, nil)
    precondition(written == 1, "no PNG written")
    return Array(bytes.prefix(size))
  }

  /// A JPEG of gray (1), RGB (3) or CMYK (4) pixels, best quality, colours not subsampled.
  static func jpeg(_ height: Int, _ width: Int, _ channels: Int, _ pixels: [UInt8]) -> [UInt8] {
    let codec = tjInitCompress()
    defer { tjDestroy(codec) }
    let format = channels == 1 ? TJPF_GRAY : channels == 3 ? TJPF_RGB : TJPF_CMYK
    let subsampling = Int32((channels == 1 ? TJSAMP_GRAY : TJSAMP_444).rawValue)
    var (buffer, size): (UnsafeMutablePointer<UInt8>?, UInt) = (nil, 0)
    tjCompress2(
      codec, pixels, Int32(width), 0, Int32(height), Int32(format.rawValue), &buffer, &size, subsampling, 100, 0)
    defer { tjFree(buffer) }
    return Array(UnsafeBufferPointer(start: buffer, count: Int(size)))
  }
}
