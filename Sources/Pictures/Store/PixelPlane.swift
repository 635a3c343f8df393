// SPDX-License-Identifier: MIT

/// Single-precision pixels whose rows begin at multiples of 64 bytes, as zimg asks for; zero at first.
struct PixelPlane: ~Copyable {
  static let alignment = 64
  let rows: Int
  let columns: Int
  /// Bytes from row to row.
  let stride: Int
  let base: UnsafeMutableRawPointer

  init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    let size = columns * MemoryLayout<Float>.stride
    stride = (size + Self.alignment - 1) / Self.alignment * Self.alignment
    base = .allocate(byteCount: rows * stride, alignment: Self.alignment)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: rows * stride)
  }

  deinit { base.deallocate() }

  subscript(row: Int, column: Int) -> Float {
    get { base.load(fromByteOffset: offset(row, column), as: Float.self) }
    nonmutating set { base.storeBytes(of: newValue, toByteOffset: offset(row, column), as: Float.self) }
  }

  private func offset(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "pixel (\(row), \(column))")
    return row * stride + column * MemoryLayout<Float>.stride
  }
}
