// SPDX-License-Identifier: MIT

/// Small files of arrays and pictures, made without any codec: deflate's stored blocks, with the right checksums.
enum SmallFile {
  static func little(_ number: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  static func big(_ number: Int) -> [UInt8] { little(number, 4).reversed() }

  static func npy(_ type: String, _ shape: [Int], _ data: [UInt8], order: String = "False") -> [UInt8] {
    let tuple = shape.map { "\($0)," }.joined(separator: " ")
    let header: String = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(tuple)), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + little(header.utf8.count, 2) + Array(header.utf8) + data
  }

  static func idx(_ shape: [Int], _ data: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(shape.count)] + shape.flatMap(big) + data
  }

  /// Deflate's stored blocks.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let count = min(bytes.count, 65_535)
    return [1] + little(count, 2) + little(~count, 2) + bytes.prefix(count)
  }

  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + stored(bytes) + little(Int(crc(bytes)), 4) + little(bytes.count, 4)
  }

  /// Eight bits, gray or colour.
  static func png(_ width: Int, _ height: Int, channels: Int, _ pixels: [UInt8]) -> [UInt8] {
    let header = big(width) + big(height) + [8, channels == 1 ? 0 : 2, 0, 0, 0]
    let row = width * channels
    let rows = (0..<height).flatMap { [0] + pixels[$0 * row..<($0 + 1) * row] }
    let data = [0x78, 1] + stored(rows) + big(Int(adler(rows)))
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    return signature + chunk("IHDR", header) + chunk("IDAT", data) + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return big(data.count) + body + big(Int(crc(body)))
  }

  static func zip(_ entries: [(name: String, contents: [UInt8])]) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, contents) in entries {
      let (size, name) = (little(contents.count, 4), Array(name.utf8))
      let common = little(Int(crc(contents)), 4) + size + size + little(name.count, 2) + [0, 0]
      let offset = little(file.count, 4)
      file += [0x50, 0x4B, 3, 4] + little(20, 2) + little(0, 8) + common + name + contents
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + little(20, 2) + little(0, 8) + common + little(0, 10)
      directory += offset + name
    }
    let count = little(entries.count, 2)
    let end = little(0, 4) + count + count + little(directory.count, 4) + little(file.count, 4) + [0, 0]
    return file + directory + [0x50, 0x4B, 5, 6] + end
  }

  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    let (a, b) = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
      let a = (sums.0 + UInt32(byte)) % 65_521
      return (a, (sums.1 + a) % 65_521)
    }
    return b << 16 | a
  }
}
