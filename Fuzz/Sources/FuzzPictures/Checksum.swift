// SPDX-License-Identifier: MIT

/// CRC-32 as PNG and zip use it, so that changed bytes are not all refused by a checksum.
enum Checksum {
  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  static func of(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  /// The PNG with the right checksum after each chunk that is there in full.
  static func repaired(png: [UInt8]) -> [UInt8] {
    guard png.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return png }
    var (bytes, start) = (png, 8)
    while bytes.count - start >= 12 {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - start - 12 else { break }
      let sum = of(bytes[start + 4..<start + 8 + length])
      for place in 0..<4 { bytes[start + 8 + length + place] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * place)) }
      start += 12 + length
    }
    return bytes
  }
}
