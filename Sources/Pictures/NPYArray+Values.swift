// SPDX-License-Identifier: MIT

extension NPYArray {
  /// Calls `body` with each element in order; 64-bit integers beyond 2^53 are rounded.
  @inline(__always)
  func forEach(_ body: (Double) -> Void) {
    bytes.withUnsafeBytes { buffer in
      switch element {
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

  /// Smallest and largest element; throws `PictureError` naming the first that is NaN or infinite.
  @discardableResult
  func checkFinite() throws(PictureError) -> (lowest: Double, highest: Double) {
    var (lowest, highest, index) = (Double.infinity, -Double.infinity, 0)
    var wrong: (index: Int, value: Double)?
    forEach { value in
      if !value.isFinite && wrong == nil { wrong = (index, value) }
      (lowest, highest, index) = (min(lowest, value), max(highest, value), index + 1)
    }
    if let wrong {
      throw .malformed(path: path, problem: "element \(wrong.index) is \(wrong.value); only finite values can be used")
    }
    return (lowest, highest)
  }
}
