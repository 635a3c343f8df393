// SPDX-License-Identifier: MIT
internal import Kernels
internal import Neighbors

/// Points given in double precision, which searches round to floats: their neighbours are measured again.
///
/// A float differs from its double by u = 2^-24 of it, so that a distance errs by delta = u (|x| + |y|) at most. The k
/// nearest by floats, measured in double precision and sorted, begin with the truly nearest as far as their distance
/// stays below the last float distance less delta; two of them decide. Where that fails (ties by the dozen) a row is
/// searched anew, all N.
struct DoublePrecisionNeighbors: Sendable {
  let train, queries: DoublePoints
  /// Which of `queries` the rows of a table are; nil for all of them in order.
  let rows: [Int]?
  private let largest: Double

  init(train: DoublePoints, queries: DoublePoints, rows: [Int]? = nil) {
    (self.train, self.queries, self.rows) = (train, queries, rows)
    largest = train.withValues { values in
      (0..<train.count).reduce(0) { max($0, Self.norm(values.row($1))) }
    }
  }

  /// The table in double precision, sums in the order of the coordinates. Cost: n k d, and N d for rows of many ties.
  func remeasured(_ table: NeighborTable, excluding: [Int]?, workers: Workers) -> NeighborTable {
    let measured = train.withValues { train in
      queries.withValues { queries in
        workers.map(table.rows.count) { row in
          nearest(
            queries.row(rows?[row] ?? row), table.neighbors(row), in: train, excluding: excluding?[row])
        }
      }
    }
    return NeighborTable(
      rows: table.rows, count: table.count, indices: measured.flatMap { $0.map { Int32($0.index) } },
      distances: measured.flatMap { $0.map(\.distance) })
  }

  private func nearest(
    _ query: UnsafeBufferPointer<Double>, _ found: [(index: Int, distance: Double)], in train: DoublePoints.Values,
    excluding: Int?
  ) -> [(index: Int, distance: Double)] {
    func sorted(_ indices: some Sequence<Int>) -> [(index: Int, distance: Double)] {
      indices.map { (index: $0, distance: Self.distance(query, train.row($0))) }
        .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
    }
    let measured = sorted(found.map(\.index))
    let delta = 0x1.1p-24 * (Self.norm(query) + largest)
    let others = self.train.count - (excluding == nil ? 0 : 1)
    if found.count == others || measured[min(1, measured.count - 1)].distance < found[found.count - 1].distance - delta
    {
      return measured
    }
    return Array(sorted((0..<self.train.count).filter { $0 != excluding }).prefix(found.count))
  }

  private static func distance(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
    var sum = 0.0
    for column in x.indices { sum += (x[column] - y[column]) * (x[column] - y[column]) }
    return sum.squareRoot()
  }

  private static func norm(_ row: UnsafeBufferPointer<Double>) -> Double {
    row.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
