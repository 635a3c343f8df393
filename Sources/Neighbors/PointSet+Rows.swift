// SPDX-License-Identifier: MIT

extension PointSet {
  /// The named rows, in the order given, in memory.
  public func gathering(_ rows: [Int]) -> PointSet {
    withRows { source in
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
