// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation

extension PointSet {
  /// The named rows, in the order given: in memory if they take `memory` bytes at most, else in a file of `folder` that has no
  /// name any more when this returns. Throws `StoreError` and `NeighborError` of that file.
  public func gathering(_ rows: [Int], memory: Int, folder: String?) throws -> PointSet {
    guard let folder, rows.count * dimension * scalar.size > memory else { return gathering(rows) }
    let path = "\(folder)/gathered.points"
    let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, action: "write")
    defer { unlink(path) }
    let size = max(1, (1 << 20) / (dimension * scalar.size))
    for start in stride(from: 0, to: rows.count, by: size) {
      let block = gathering(Array(rows[start..<min(start + size, rows.count)]))
      try file.write(
        block.withRows { Array(UnsafeRawBufferPointer(start: $0.base, count: $0.count * dimension * scalar.size)) })
    }
    return try PointSet(mapping: path, offset: 0, count: rows.count, dimension: dimension, scalar: scalar)
  }

  /// The named rows, in the order given, in memory; the set itself where these are all its rows.
  public func gathering(_ rows: [Int]) -> PointSet {
    if rows.elementsEqual(0..<count) { return self }
    return withRows { source in
      switch scalar {
      case .bytes:
        var values: [UInt8] = []
        values.reserveCapacity(rows.count * dimension)
        for row in rows { values += UnsafeBufferPointer(start: source.bytes(row), count: dimension) }
        return PointSet(bytes: values, dimension: dimension)
      case .floats:
        var values: [Float] = []
        values.reserveCapacity(rows.count * dimension)
        for row in rows { values += UnsafeBufferPointer(start: source.floats(row), count: dimension) }
        return PointSet(floats: values, dimension: dimension)
      }
    }
  }

  /// |x - y| of two rows, or 1 - cos: direct differences in double precision.
  public func distance(_ first: Int, _ second: Int, metric: NeighborMetric) -> Double {
    let (x, y) = (row(first), row(second))
    guard case .cosine = metric else {
      return zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let norms = (dot(x, x) * dot(y, y)).squareRoot()
    return norms > 0 ? 1 - dot(x, y) / norms : 1
  }
}
