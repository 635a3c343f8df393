// SPDX-License-Identifier: MIT
import Neighbors

/// The naive twin: every distance in double precision, in the documented order, and a sort of all of them.
enum NaiveNeighbors {
  static func table(
    _ queries: PointSet, in reference: PointSet, _ metric: NeighborMetric, count: Int, excluding: [Int]? = nil
  ) -> NeighborTable {
    let points = (0..<reference.count).map { reference.row($0) }
    let columns = min(count, reference.count - (excluding == nil ? 0 : 1))
    let areBytes = queries.scalar == .bytes && reference.scalar == .bytes
    let found = (0..<queries.count).flatMap { row in
      let query = queries.row(row)
      return points.indices.filter { $0 != excluding?[row] }
        .map { (index: Int32($0), distance: distance(query, points[$0], metric, areBytes: areBytes)) }
        .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(columns)
    }
    return NeighborTable(
      rows: 0..<queries.count, count: columns, indices: found.map(\.index), distances: found.map(\.distance))
  }

  static func distance(_ x: [Double], _ y: [Double], _ metric: NeighborMetric, areBytes: Bool) -> Double {
    switch metric {
    case .euclidean: return sum(x.indices) { (x[$0] - y[$0]) * (x[$0] - y[$0]) }.squareRoot()
    case .tiled(let height, let width, let channels, let tileRows, let tileColumns):
      var largest = 0.0
      for row in 0..<tileRows {
        for column in 0..<tileColumns {
          let columns = column * width / tileColumns * channels..<(column + 1) * width / tileColumns * channels
          let lines = row * height / tileRows..<(row + 1) * height / tileRows
          var square = 0.0
          for line in lines {
            let start = line * width * channels
            square += sum(start + columns.lowerBound..<start + columns.upperBound) { (x[$0] - y[$0]) * (x[$0] - y[$0]) }
          }
          largest = max(largest, square / Double(lines.count * columns.count))
        }
      }
      return largest.squareRoot()
    case .cosine:
      let (xx, yy) = (sum(x.indices) { x[$0] * x[$0] }, sum(x.indices) { y[$0] * y[$0] })
      if xx == 0 || yy == 0 { return 1 }
      if areBytes {
        let product = sum(x.indices) { x[$0] * y[$0] }
        let root = xx.squareRoot() * yy.squareRoot()
        return Double(Int128(xx) * Int128(yy) - Int128(product) * Int128(product)) / root / (root + product)
      }
      let (a, b) = (1 / xx.squareRoot(), 1 / yy.squareRoot())
      return sum(x.indices) { (x[$0] * a - y[$0] * b) * (x[$0] * a - y[$0] * b) } / 2
    }
  }

  /// Eight chains and their tree: the order of `vb_neighbor_squared_floats`.
  private static func sum(_ indices: Range<Int>, _ term: (Int) -> Double) -> Double {
    var chains = [Double](repeating: 0, count: 8)
    for index in indices { chains[(index - indices.lowerBound) % 8] += term(index) }
    return ((chains[0] + chains[4]) + (chains[2] + chains[6])) + ((chains[1] + chains[5]) + (chains[3] + chains[7]))
  }
}
