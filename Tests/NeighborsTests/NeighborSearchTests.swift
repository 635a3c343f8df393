// SPDX-License-Identifier: MIT
import Kernels
import Neighbors
import Testing

struct NeighborSearchTests {
  @Test(
    arguments: [
      (1, 1, 1, 1), (5, 130, 1, 50), (7, 64, 3, 10), (13, 65, 17, 50), (31, 200, 64, 50), (12, 129, 65, 5),
      (6, 300, 784, 50), (25, 700, 100, 50), (3, 70, 3072, 20), (1, 500, 259, 50),
    ], PointSet.Scalar.allCases)
  func `equals the naive twin bit by bit, on every instruction set`(
    shape: (Int, Int, Int, Int), scalar: PointSet.Scalar
  ) throws {
    let (queries, references, dimension, count) = shape
    let x = Points.set(scalar, queries, dimension, seed: 1)
    let y = Points.set(scalar, references, dimension, seed: 2)
    for metric in [NeighborMetric.euclidean, .cosine] {
      let expected = NaiveNeighbors.table(x, in: y, metric, count: count)
      for level in Points.levels {
        let search = try NeighborSearch(reference: y, metric: metric, count: count, instructions: level)
        #expect(try search.neighbors(of: x) == expected, "\(metric) level \(level)")
      }
    }
  }

  @Test(
    arguments: [(8, 8, 3, 2, 2), (7, 5, 1, 3, 2), (32, 32, 3, 4, 4), (6, 6, 3, 6, 6), (9, 4, 2, 1, 1)],
    PointSet.Scalar.allCases)
  func `tiles, even and uneven, equal the naive twin`(shape: (Int, Int, Int, Int, Int), scalar: PointSet.Scalar) throws
  {
    let metric = NeighborMetric.tiled(
      height: shape.0, width: shape.1, channels: shape.2, tileRows: shape.3, tileColumns: shape.4)
    let dimension = shape.0 * shape.1 * shape.2
    let x = Points.set(scalar, 11, dimension, seed: 3)
    let y = Points.set(scalar, 150, dimension, seed: 4)
    let expected = NaiveNeighbors.table(x, in: y, metric, count: 50)
    for level in Points.levels {
      let search = try NeighborSearch(reference: y, metric: metric, count: 50, instructions: level)
      #expect(try search.neighbors(of: x) == expected, "level \(level)")
    }
  }

  @Test func `one tile is the euclidean distance over the root of the dimension`() throws {
    let x = Points.set(.bytes, 4, 48, seed: 5)
    let y = Points.set(.bytes, 90, 48, seed: 6)
    let metric = NeighborMetric.tiled(height: 4, width: 4, channels: 3, tileRows: 1, tileColumns: 1)
    let tiled = try NeighborSearch(reference: y, metric: metric, count: 9).neighbors(of: x)
    let plain = try NeighborSearch(reference: y, count: 9).neighbors(of: x)
    #expect(tiled.indices == plain.indices)
    for (a, b) in zip(tiled.distances, plain.distances) { #expect(abs(a * 48.0.squareRoot() - b) < 1e-12 * b) }
  }

  @Test(arguments: [0, 1, 2])
  func `bytes and the same values as floats have the same neighbours, mixed sets too`(which: Int) throws {
    let (x, y) = (Points.bytes(9, 200, seed: 7), Points.bytes(400, 200, seed: 8))
    let expected = try NeighborSearch(reference: PointSet(bytes: y, dimension: 200), count: 20)
      .neighbors(of: PointSet(bytes: x, dimension: 200))
    let queries = which == 0 ? PointSet(bytes: x, dimension: 200) : PointSet(floats: x.map(Float.init), dimension: 200)
    let reference =
      which == 1 ? PointSet(bytes: y, dimension: 200) : PointSet(floats: y.map(Float.init), dimension: 200)
    #expect(try NeighborSearch(reference: reference, count: 20).neighbors(of: queries) == expected)
  }

  @Test func `k above N is N, and a point is not its own neighbour where that is asked for`() throws {
    let y = Points.set(.bytes, 30, 12, seed: 9)
    let all = try NeighborSearch(reference: y, count: 50).neighbors(of: y)
    #expect(all.count == 30)
    #expect((0..<30).allSatisfy { all.neighbors($0)[0].index == $0 && all.neighbors($0)[0].distance == 0 })
    let ids = Array(0..<30)
    let others = try NeighborSearch(reference: y, count: 50).neighbors(of: y, excluding: ids)
    #expect(others == NaiveNeighbors.table(y, in: y, .euclidean, count: 50, excluding: ids))
    #expect(others.count == 29)
    let shuffled = ids.map { ($0 * 7) % 30 }
    let mapped = try NeighborSearch(reference: y, metric: .cosine, count: 4).neighbors(of: y, excluding: shuffled)
    #expect(mapped == NaiveNeighbors.table(y, in: y, .cosine, count: 4, excluding: shuffled))
    let none = try NeighborSearch(reference: y, count: 4).neighbors(of: y, excluding: ids.map { _ in -1 })
    #expect(none == NaiveNeighbors.table(y, in: y, .euclidean, count: 4))
    let single = PointSet(floats: [1, 2], dimension: 2)
    #expect(try NeighborSearch(reference: single, count: 3).neighbors(of: single, excluding: [0]).count == 0)
  }

  @Test func `what does not fit is refused in one line`() throws {
    let y = Points.set(.bytes, 30, 12, seed: 9)
    let tiles = NeighborMetric.tiled(height: 2, width: 2, channels: 3, tileRows: 3, tileColumns: 1)
    #expect(throws: NeighborError.self) { try NeighborSearch(reference: y, metric: tiles, count: 1) }
    #expect(throws: NeighborError.self) { try NeighborSearch(reference: y, count: 0) }
    let search = try NeighborSearch(reference: y, count: 5)
    #expect(throws: NeighborError.self) { try search.neighbors(of: Points.set(.bytes, 3, 13, seed: 1)) }
    #expect(throws: NeighborError.self) { try search.neighbors(of: y, rows: 20..<31) }
    #expect(throws: NeighborError.self) { try search.neighbors(of: y, excluding: [1]) }
    #expect(try search.neighbors(of: y, rows: 3..<3).indices.isEmpty)
    let nothing = try NeighborSearch(reference: PointSet(bytes: [], dimension: 12), count: 5).neighbors(of: y)
    #expect(nothing.count == 0 && nothing.rows == 0..<30)
  }
}
