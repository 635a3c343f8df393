// SPDX-License-Identifier: MIT
import Kernels
import Neighbors
import Testing

struct TieTests {
  @Test func `among equal distances the lowest index comes first, also where the k-th is one of many equals`() throws {
    // Few different values in few dimensions: hundreds of ties at every distance.
    for scalar in PointSet.Scalar.allCases {
      let x = Points.bytes(20, 3, seed: 30, values: 3)
      let y = Points.bytes(2000, 3, seed: 31, values: 3)
      let (queries, points) = (Points.set(scalar, x, 3), Points.set(scalar, y, 3))
      let tiled = NeighborMetric.tiled(height: 3, width: 1, channels: 1, tileRows: 3, tileColumns: 1)
      for metric in [NeighborMetric.euclidean, .cosine, tiled] {
        let expected = NaiveNeighbors.table(queries, in: points, metric, count: 50)
        for level in Points.levels {
          let search = try NeighborSearch(reference: points, metric: metric, count: 50, instructions: level)
          #expect(try search.neighbors(of: queries) == expected, "\(scalar) \(metric) level \(level)")
        }
      }
    }
  }

  @Test(arguments: PointSet.Scalar.allCases)
  func `thousands of duplicates, with k = 50, in little memory`(scalar: PointSet.Scalar) throws {
    let dimension = 40
    let some = Points.bytes(100, dimension, seed: 32)
    let one = Array(some[..<dimension])
    let values = (0..<60).flatMap { _ in (0..<100).flatMap { _ in one } } + some
    let x = Points.bytes(9, dimension, seed: 33) + one
    let (queries, reference) = (
      Points.set(scalar, x, dimension, scale: 1 / 7), Points.set(scalar, values, dimension, scale: 1 / 7)
    )
    for metric in [NeighborMetric.euclidean, .cosine] {
      let search = try NeighborSearch(reference: reference, metric: metric, count: 50, memory: 300_000)
      let found = try search.neighbors(of: queries)
      #expect(found == NaiveNeighbors.table(queries, in: reference, metric, count: 50))
      #expect(found.neighbors(9).map(\.index) == Array(0..<50))
    }
  }

  @Test func `points nearer to each other than the bound can tell are found by their last digits`() throws {
    // All at distance 1000 up to 1e-7 of it: the screen keeps every one of them.
    let (count, dimension) = (3000, 30)
    var values = [Float](repeating: 0, count: count * dimension)
    let order = RandomKey(seed: 34).uniforms(count)
    for row in 0..<count {
      values[row * dimension] = row % 2 == 0 ? 1000 : -1000
      values[row * dimension + 1 + row % 29] = Float(0.4 * order[row])
    }
    let reference = PointSet(floats: values, dimension: dimension)
    let queries = PointSet(floats: [Float](repeating: 0, count: dimension), dimension: dimension)
    let expected = NaiveNeighbors.table(queries, in: reference, .euclidean, count: 50)
    for level in Points.levels {
      let search = try NeighborSearch(reference: reference, count: 50, instructions: level)
      #expect(try search.neighbors(of: queries) == expected)
    }
  }
}
