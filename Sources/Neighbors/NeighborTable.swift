// SPDX-License-Identifier: MIT

/// The nearest reference points of some queries: k of each, ascending by (distance, index).
public struct NeighborTable: Sendable, Hashable {
  /// Which rows of the queries these are.
  public let rows: Range<Int>
  /// k, the neighbours per row.
  public let count: Int
  /// Rows of the reference, (rows, k).
  public let indices: [Int32]
  /// In units of the values, (rows, k).
  public let distances: [Double]

  /// `indices` and `distances` row by row, each of rows times count values; others stop the program.
  public init(rows: Range<Int>, count: Int, indices: [Int32], distances: [Double]) {
    precondition(
      indices.count == rows.count * count && distances.count == indices.count,
      "\(indices.count) indices and \(distances.count) distances for \(rows.count) rows of \(count)")
    (self.rows, self.count, self.indices, self.distances) = (rows, count, indices, distances)
  }

  /// Whether every row can be the result of a search among so many points: rows of them, at ascending distances.
  public func isSound(among references: Int) -> Bool {
    guard indices.allSatisfy({ $0 >= 0 && $0 < references }) else { return false }
    return rows.indices.allSatisfy { row in
      let start = (row - rows.lowerBound) * count
      let own = distances[start..<start + count]
      return own.allSatisfy { $0 >= 0 && $0.isFinite } && zip(own, own.dropFirst()).allSatisfy { $0 <= $1 }
    }
  }

  /// The neighbours of a row of the queries, nearest first.
  public func neighbors(_ row: Int) -> [(index: Int, distance: Double)] {
    precondition(rows.contains(row), "row \(row) of \(rows)")
    let start = (row - rows.lowerBound) * count
    return (start..<start + count).map { (Int(indices[$0]), distances[$0]) }
  }
}
