// SPDX-License-Identifier: MIT
internal import Kernels
internal import Neighbors

/// Cells of a training set by k-means: Lloyd's iteration from distant points (k-means++), on at most 10,000 of them and at
/// most 64 MiB.
struct KMeansCells {
  private let centres: [[Double]]

  var count: Int { centres.count }

  init(_ points: PointSet, cells: Int, key: RandomKey, iterations: Int = 30) {
    let most = max(50, min(10_000, (64 << 20) / 8 / points.dimension))
    let rows = key.child("rows").permutation(points.count).prefix(most).sorted()
    let sample = rows.map { points.row($0) }
    var centres = Self.spread(sample, min(cells, sample.count), key.child("start"))
    var assigned = [Int](repeating: -1, count: sample.count)
    for _ in 0..<iterations {
      let next = sample.map { Self.nearest($0, centres).index }
      if next == assigned { break }
      assigned = next
      for cell in centres.indices {
        let members = sample.indices.filter { assigned[$0] == cell }
        if !members.isEmpty { centres[cell] = Self.mean(members.map { sample[$0] }) }
      }
    }
    self.centres = centres
  }

  func cells(of points: PointSet) -> [Int] {
    (0..<points.count).map { Self.nearest(points.row($0), centres).index }
  }

  /// Each next centre is a point drawn with probability proportional to its squared distance to the nearest so far.
  private static func spread(_ points: [[Double]], _ count: Int, _ key: RandomKey) -> [[Double]] {
    let draws = key.uniforms(count)
    var centres = [points[Int(draws[0] * Double(points.count))]]
    for index in 1..<max(count, 1) {
      let squares = points.map { nearest($0, centres).square }
      var left = draws[index] * squares.reduce(0, +)
      let chosen = squares.firstIndex { square in
        left -= square
        return left < 0
      }
      centres.append(points[chosen ?? points.count - 1])
    }
    return centres
  }

  private static func nearest(_ point: [Double], _ centres: [[Double]]) -> (index: Int, square: Double) {
    var best = (index: 0, square: Double.infinity)
    for (index, centre) in centres.enumerated() {
      var square = 0.0
      for column in point.indices {
        let difference = point[column] - centre[column]
        square += difference * difference
      }
      if square < best.square { best = (index, square) }
    }
    return best
  }

  private static func mean(_ points: [[Double]]) -> [Double] {
    var sum = points[0]
    for point in points.dropFirst() { for column in sum.indices { sum[column] += point[column] } }
    return sum.map { $0 / Double(points.count) }
  }
}
