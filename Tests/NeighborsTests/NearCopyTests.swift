// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Neighbors
import Testing

struct NearCopyTests {
  @Test(arguments: [1e-1, 1e-2, 1e-3, 1e-4])
  func `near copies among points of a large common offset are right to 1e-6`(epsilon: Double) throws {
    // Two clusters at +-1000: no one centre makes the Gram form harmless. A float there has a grain of 6e-5.
    let (count, dimension) = (400, 300)
    let noise = Points.floats(count, dimension, seed: 20)
    var points = noise
    for row in 0..<count {
      for column in 0..<dimension { points[row * dimension + column] += row % 2 == 0 ? 1000 : -1000 }
    }
    let step = RandomKey(seed: 21).normalRows(10, dimension).values
    let copies = (0..<10 * dimension).map { points[37 * dimension + $0] + Float(epsilon * step[$0]) }
    let (x, y) = (PointSet(floats: copies, dimension: dimension), PointSet(floats: points, dimension: dimension))
    for level in Points.levels {
      let found = try NeighborSearch(reference: y, count: 50, instructions: level).neighbors(of: x)
      #expect(found == NaiveNeighbors.table(x, in: y, .euclidean, count: 50))
      for row in 0..<10 {
        let direct = zip(x.row(row), y.row(37 + row)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        #expect(found.neighbors(row)[0].index == 37 + row)
        #expect(abs(found.neighbors(row)[0].distance - direct) <= 1e-12 * direct)
      }
    }
  }

  @Test(arguments: [1e-3, 1e-6])
  func `copies have distance zero in every metric, and near copies keep their cosine`(epsilon: Double) throws {
    let dimension = 192
    let points = Points.floats(300, dimension, seed: 22, offset: 5)
    let y = PointSet(floats: points, dimension: dimension)
    let tiled = NeighborMetric.tiled(height: 8, width: 8, channels: 3, tileRows: 2, tileColumns: 2)
    for metric in [NeighborMetric.euclidean, .cosine, tiled] {
      let found = try NeighborSearch(reference: y, metric: metric, count: 2).neighbors(of: y)
      #expect((0..<300).allSatisfy { found.neighbors($0)[0].index == $0 && found.neighbors($0)[0].distance == 0 })
    }
    // x cos(e) + z sin(e) |x| / |z| with z orthogonal to x is at the cosine distance 1 - cos(e).
    var x = [Float](repeating: 0, count: dimension)
    (x[0], x[1]) = (3, 0)
    var turned = x
    (turned[0], turned[1]) = (Float(3 * cos(epsilon)), Float(3 * sin(epsilon)))
    let pair = PointSet(floats: points + x, dimension: dimension)
    let found = try NeighborSearch(reference: pair, metric: .cosine, count: 1)
      .neighbors(of: PointSet(floats: turned, dimension: dimension))
    let half = sin(atan2(Double(turned[1]), Double(turned[0])) / 2)
    let expected = 2 * half * half
    #expect(found.indices == [300])
    #expect(abs(found.distances[0] - expected) <= 1e-6 * expected)
  }

  @Test func `pictures that differ in one value by one are at distance one, their cosine right to 1e-12`() throws {
    let dimension = 3072
    var points = Points.bytes(200, dimension, seed: 23)
    points[77 * dimension + 5] = 100
    var copy = Array(points[77 * dimension..<78 * dimension])
    copy[5] = 101
    let (x, y) = (PointSet(bytes: copy, dimension: dimension), PointSet(bytes: points, dimension: dimension))
    let found = try NeighborSearch(reference: y, count: 3).neighbors(of: x)
    #expect(found.neighbors(0)[0] == (77, 1))
    let angle = try NeighborSearch(reference: y, metric: .cosine, count: 1).neighbors(of: x)
    // sin^2 of the angle: what is left of the unit step after its part along x, over |copy|^2.
    let square = y.row(77).reduce(0) { $0 + $1 * $1 }
    let sine = (1 - 100 * 100 / square) / x.row(0).reduce(0) { $0 + $1 * $1 }
    let expected = sine / (1 + (1 - sine).squareRoot())
    #expect(abs(angle.distances[0] - expected) < 1e-12 * expected)
  }

  @Test(arguments: PointSet.Scalar.allCases)
  func `zero vectors have the cosine distance one to everything`(scalar: PointSet.Scalar) throws {
    var bytes = Points.bytes(150, 20, seed: 24)
    for column in 0..<20 { (bytes[40 * 20 + column], bytes[141 * 20 + column]) = (0, 0) }
    let set = Points.set(scalar, bytes, 20)
    let found = try NeighborSearch(reference: set, metric: .cosine, count: 150).neighbors(of: set)
    #expect(found == NaiveNeighbors.table(set, in: set, .cosine, count: 150))
    #expect(found.neighbors(40).map(\.index) == Array(0..<150))
    #expect(found.neighbors(40).allSatisfy { $0.distance == 1 })
    #expect(found.neighbors(3).suffix(2).map(\.index) == [40, 141])
  }

  @Test func `opposite vectors have the cosine distance two`() throws {
    let set = PointSet(floats: [1, 2, 3, -1, -2, -3, 0, 1, 0], dimension: 3)
    let found = try NeighborSearch(reference: set, metric: .cosine, count: 3).neighbors(of: set, rows: 0..<1)
    #expect(found.indices == [0, 2, 1])
    #expect(abs(found.distances[2] - 2) < 1e-15)
  }
}
