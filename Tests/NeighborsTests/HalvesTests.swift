// SPDX-License-Identifier: MIT
import Kernels
import Neighbors
import Testing

/// Floats are screened as halves only where that pays: the search's own choice must be right both ways.
struct HalvesTests {
  @Test(arguments: [0, 1000] as [Float])
  func `the search's own choice, with clusters near and far from each other, is exact`(distance: Float) throws {
    // At 1000 the residuals of halves are larger than the distances within a cluster: the pilot must say no.
    let (count, dimension) = (5000, 64)
    let noise = Points.floats(count, dimension, seed: 90)
    let points = noise.indices.map { noise[$0] + ($0 / dimension % 2 == 0 ? distance : -distance) }
    let reference = PointSet(floats: points, dimension: dimension)
    let rows = Array(points[..<(60 * dimension)]).map { $0 + 1e-3 }
    let queries = PointSet(floats: rows, dimension: dimension)
    for metric in [NeighborMetric.euclidean, .cosine] {
      let expected = NaiveNeighbors.table(queries, in: reference, metric, count: 20)
      #expect(try NeighborSearch(reference: reference, metric: metric, count: 20).neighbors(of: queries) == expected)
      let forced = try NeighborSearch(
        reference: reference, metric: metric, count: 20, instructions: Points.levels.last)
      #expect(try forced.neighbors(of: queries) == expected)
    }
  }
}
