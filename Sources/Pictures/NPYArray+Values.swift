// SPDX-License-Identifier: MIT

extension NPYArray {
  /// Calls `body` with each element in order; 64-bit integers beyond 2^53 are rounded.
  @inline(__always)
  func forEach(_ body: (Double) -> Void) { element.forEach(in: bytes, body) }

  /// Throws `PictureError` naming the first element that is NaN or infinite.
  func checkFinite() throws(PictureError) {
    var extremes = ValueExtremes(path: path)
    try extremes.add(bytes, element)
  }
}

extension NPYArray.Element {
  /// Calls `body` with each element of whole elements' bytes; 64-bit integers beyond 2^53 are rounded.
  @inline(__always)
  func forEach(in bytes: [UInt8], _ body: (Double) -> Void) {
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

  @inline(__always)
  private static func words<Word: FixedWidthInteger>(
    _ buffer: UnsafeRawBufferPointer, _ type: Word.Type, _ body: (Word) -> Void
  ) {
    for start in stride(from: 0, to: buffer.count, by: MemoryLayout<Word>.size) {
      body(Word(littleEndian: buffer.loadUnaligned(fromByteOffset: start, as: type)))
    }
  }
}
