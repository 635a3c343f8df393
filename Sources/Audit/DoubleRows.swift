// SPDX-License-Identifier: MIT
internal import Foundation
public import Kernels
public import Neighbors

/// Points given in double precision, which searches round to floats: their neighbours are measured again.
///
/// A float differs from its double by u = 2^-24 of it, so that a distance errs by delta = u (|x| + |y|) at most. The k nearest by
/// floats, measured in double precision and sorted, begin with the truly nearest as far as their distance stays below the
/// last float distance less delta; two of them decide. Where that fails (ties by the dozen) a row is searched anew, all N.
public struct DoubleRows: Sendable {
  public let train, queries: Matrix
  private let largest: Double

  public init(train: Matrix, queries: Matrix) {
    (self.train, self.queries) = (train, queries)
    largest = (0..<train.rows).map { Self.norm(train.row($0)) }.max() ?? 0
  }

  /// The table in double precision, sums in the order of the coordinates. Cost: n k d, and N d for rows of many ties.
  func remeasured(_ table: NeighborTable, excluding: [Int]?, workers: Workers) -> NeighborTable {
    let rows = workers.map(table.rows.count) { row in
      nearest(row, table.neighbors(row).map { (index: $0.index, distance: $0.distance) }, excluding: excluding?[row])
    }
    return NeighborTable(
      rows: table.rows, count: table.count, indices: rows.flatMap { $0.map { Int32($0.index) } },
      distances: rows.flatMap { $0.map(\.distance) })
  }

  private func nearest(
    _ row: Int, _ found: [(index: Int, distance: Double)], excluding: Int?
  ) -> [(index: Int, distance: Double)] {
    let measured = sorted(row, found.map(\.index))
    let delta = 0x1.1p-24 * (Self.norm(queries.row(row)) + largest)
    let others = train.rows - (excluding == nil ? 0 : 1)
    if found.count == others || measured[min(1, measured.count - 1)].distance < found[found.count - 1].distance - delta
    {
      return measured
    }
    let all = (0..<train.rows).filter { $0 != excluding }
    return Array(sorted(row, all).prefix(found.count))
  }

  private func sorted(_ row: Int, _ indices: [Int]) -> [(index: Int, distance: Double)] {
    indices.map { (index: $0, distance: distance(row, $0)) }
      .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
  }

  private func distance(_ row: Int, _ index: Int) -> Double {
    zip(queries.row(row), train.row(index)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private static func norm(_ row: ArraySlice<Double>) -> Double { row.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
