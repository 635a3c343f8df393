// SPDX-License-Identifier: MIT

/// The rows of a point set in memory, while the set is borrowed. Unchecked: nobody writes to them.
struct PointRows: @unchecked Sendable {
  let base: UnsafeRawPointer
  let count, dimension: Int
  let scalar: PointSet.Scalar

  func prefix(_ most: Int) -> PointRows {
    PointRows(base: base, count: min(count, most), dimension: dimension, scalar: scalar)
  }

  func bytes(_ row: Int) -> UnsafePointer<UInt8> {
    (base + row * dimension).assumingMemoryBound(to: UInt8.self)
  }

  func floats(_ row: Int) -> UnsafePointer<Float> {
    (base + row * dimension * 4).assumingMemoryBound(to: Float.self)
  }

  /// The row as floats: bytes are converted into `scratch` (dimension).
  func floats(_ row: Int, scratch: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    guard scalar == .bytes else { return floats(row) }
    let values = bytes(row)
    for column in 0..<dimension { scratch[column] = Float(values[column]) }
    return UnsafePointer(scratch)
  }

  func value(_ row: Int, _ column: Int) -> Double {
    scalar == .bytes ? Double(bytes(row)[column]) : Double(floats(row)[column])
  }
}
