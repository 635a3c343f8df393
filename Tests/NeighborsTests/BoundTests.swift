// SPDX-License-Identifier: MIT
import Kernels
import Neighbors
import Testing

/// Data that each term of the error bound is there for: without the term a neighbour is lost.
struct BoundTests {
  @Test(arguments: Points.levels)
  func `a query at the centre, references far away at one distance up to rounding`(level: Int32) throws {
    let (count, dimension) = (3000, 30)
    let directions = RandomKey(seed: 80).normalRows(count, dimension)
    let values = (0..<count).flatMap { row in
      let norm = directions.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
      return directions.row(row).map { Float($0 * 1000 / norm) }
    }
    let reference = PointSet(floats: values, dimension: dimension)
    let queries = PointSet(floats: [Float](repeating: 0, count: dimension), dimension: dimension)
    let found = try NeighborSearch(reference: reference, count: 50, instructions: level).neighbors(of: queries)
    #expect(found == NaiveNeighbors.table(queries, in: reference, .euclidean, count: 50))
  }

  @Test(arguments: Points.levels)
  func `points so near to each other that their squares are subnormal`(level: Int32) throws {
    // Two far points fix centre and scale: 0 and 1.
    var values = RandomKey(seed: 81).normals(250 * 3).map { Float($0 * 3e-22) }
    for column in 0..<3 { (values[column], values[3 + column]) = (0.75, -0.75) }
    let set = PointSet(floats: values, dimension: 3)
    let found = try NeighborSearch(reference: set, count: 20, instructions: level).neighbors(of: set)
    #expect(found == NaiveNeighbors.table(set, in: set, .euclidean, count: 20))
  }

  @Test(arguments: Points.levels)
  func `bytes of many chunks whose squares differ by less than single precision sees`(level: Int32) throws {
    let (count, dimension) = (120, 20_000)
    let base = Points.bytes(1, dimension, seed: 82)
    let values = (0..<count).flatMap { row in
      var point = RandomKey(seed: 83).child(row).permutation(dimension - 1).map { base[$0] }
      point.append(UInt8(RandomKey(seed: 84).child(row).integers(1, below: 16)[0]))
      return point
    }
    let reference = PointSet(bytes: values, dimension: dimension)
    let queries = PointSet(bytes: [UInt8](repeating: 0, count: dimension), dimension: dimension)
    let halves = NeighborMetric.tiled(height: 2, width: 10_000, channels: 1, tileRows: 2, tileColumns: 1)
    for metric in [NeighborMetric.euclidean, halves] {
      let found = try NeighborSearch(reference: reference, metric: metric, count: 10, instructions: level)
        .neighbors(of: queries)
      #expect(found == NaiveNeighbors.table(queries, in: reference, metric, count: 10))
    }
  }
}
