// SPDX-License-Identifier: MIT

/// Integers as little-endian bytes, whatever the machine's order.
package enum LittleEndian {
  package static func bytes<Integer: FixedWidthInteger>(_ values: [Integer]) -> [UInt8] {
    values.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  /// `count` integers from an offset; the range must lie inside.
  package static func integers<Integer: FixedWidthInteger>(
    _ type: Integer.Type, _ bytes: [UInt8], from start: Int, count: Int
  ) -> [Integer] {
    let size = MemoryLayout<Integer>.size
    precondition(start >= 0 && start + count * size <= bytes.count, "\(count) integers at \(start)")
    return bytes.withUnsafeBytes { buffer in
      (0..<count).map { Integer(littleEndian: buffer.loadUnaligned(fromByteOffset: start + $0 * size, as: type)) }
    }
  }
}
