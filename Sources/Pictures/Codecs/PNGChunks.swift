// SPDX-License-Identifier: MIT

/// The parts of a PNG file: a signature of 8 bytes, then chunks of length (4), name (4), data and checksum (4).
enum PNGChunks {
  private static let kept = Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].map { Array($0.utf8) })

  /// The file without the chunks that do not make pixels.
  ///
  /// Without gamma and colour profile libpng gives the stored values, as Pillow does, where it would convert them to
  /// sRGB. Damage is passed on for libpng to name.
  static func essential(_ bytes: [UInt8]) -> [UInt8] {
    var essential = Array(bytes.prefix(8))
    essential.reserveCapacity(bytes.count)
    var start = 8
    while bytes.count - start >= 12 {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = min(start + 12 + length, bytes.count)
      if kept.contains(Array(bytes[start + 4..<start + 8])) { essential += bytes[start..<end] }
      start = end
    }
    return essential + bytes[min(start, bytes.count)...]
  }
}
