// SPDX-License-Identifier: MIT

/// The element types of npy files that are read and written, little endian.
public enum NPYElement: String, Sendable, CaseIterable {
  /// Bytes without sign.
  case uint8 = "|u1"
  /// 32-bit integers with sign.
  case int32 = "<i4"
  /// 64-bit integers with sign; read as doubles, beyond 2^53 rounded.
  case int64 = "<i8"
  /// Single precision, IEEE 754.
  case float32 = "<f4"
  /// Double precision, IEEE 754.
  case float64 = "<f8"

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .uint8: 1
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Calls `body` with each element of whole elements' bytes; 64-bit integers beyond 2^53 are rounded.
  @inlinable @inline(__always)
  public func forEach(in bytes: [UInt8], _ body: (Double) -> Void) {
    bytes.withUnsafeBytes { buffer in
      switch self {
      case .uint8: for byte in buffer { body(Double(byte)) }
      case .int32: Self.words(buffer, Int32.self) { body(Double($0)) }
      case .int64: Self.words(buffer, Int64.self) { body(Double($0)) }
      case .float32: Self.words(buffer, UInt32.self) { body(Double(Float(bitPattern: $0))) }
      case .float64: Self.words(buffer, UInt64.self) { body(Double(bitPattern: $0)) }
      }
    }
  }

  @inlinable @inline(__always)
  static func words<Word: FixedWidthInteger>(
    _ buffer: UnsafeRawBufferPointer, _ type: Word.Type, _ body: (Word) -> Void
  ) {
    for start in stride(from: 0, to: buffer.count, by: MemoryLayout<Word>.size) {
      body(Word(littleEndian: buffer.loadUnaligned(fromByteOffset: start, as: type)))
    }
  }

  /// The bytes of these elements; values must be whole numbers in range for the integer types.
  func bytes(_ values: [Double]) -> [UInt8] {
    switch self {
    case .uint8: values.map { UInt8($0) }
    case .int32: LittleEndian.bytes(values.map { Int32($0) })
    case .int64: LittleEndian.bytes(values.map { Int64($0) })
    case .float32: LittleEndian.bytes(values.map { Float($0).bitPattern })
    case .float64: LittleEndian.bytes(values.map(\.bitPattern))
    }
  }
}
