// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Neighbors
import Testing

/// Values far from one: sums that leave 32 bits, squares that leave single precision.
struct RangeTests {
  @Test(arguments: Points.levels)
  func `black and white in 200,000 dimensions: squares beyond 32 bits are exact`(level: Int32) throws {
    let dimension = 200_000
    var values = [UInt8](repeating: 0, count: dimension) + [UInt8](repeating: 255, count: dimension)
    values += [UInt8](repeating: 128, count: dimension) + Points.bytes(3, dimension, seed: 50)
    let set = PointSet(bytes: values, dimension: dimension)
    let found = try NeighborSearch(reference: set, count: 6, instructions: level).neighbors(of: set)
    #expect(found == NaiveNeighbors.table(set, in: set, .euclidean, count: 6))
    #expect(found.neighbors(0).last! == (1, (Double(dimension) * 255 * 255).squareRoot()))
    let angles = try NeighborSearch(reference: set, metric: .cosine, count: 6, instructions: level).neighbors(of: set)
    #expect(angles == NaiveNeighbors.table(set, in: set, .cosine, count: 6))
  }

  @Test(arguments: [4095, 4096, 4097, 8192, 16_385, 33_026])
  func `all white against all black at chunk boundaries`(dimension: Int) throws {
    let white = PointSet(bytes: [UInt8](repeating: 255, count: dimension), dimension: dimension)
    let black = PointSet(bytes: [UInt8](repeating: 0, count: dimension), dimension: dimension)
    for level in Points.levels {
      for (x, y) in [(white, black), (black, white)] {
        let found = try NeighborSearch(reference: y, count: 1, instructions: level).neighbors(of: x)
        #expect(found.distances == [(Double(dimension) * 65025).squareRoot()])
      }
    }
  }

  @Test(arguments: [1e30, 1e18, 1e-18, 1e-30, 1e-42])
  func `scales whose squares overflow or vanish in single precision`(scale: Double) throws {
    let (x, y) = (Points.floats(9, 33, seed: 51), Points.floats(300, 33, seed: 52))
    let queries = PointSet(floats: x.map { Float(Double($0) * scale) }, dimension: 33)
    let reference = PointSet(floats: y.map { Float(Double($0) * scale) }, dimension: 33)
    let tiled = NeighborMetric.tiled(height: 11, width: 3, channels: 1, tileRows: 2, tileColumns: 3)
    for metric in [NeighborMetric.euclidean, .cosine, tiled] {
      let found = try NeighborSearch(reference: reference, metric: metric, count: 50).neighbors(of: queries)
      #expect(found == NaiveNeighbors.table(queries, in: reference, metric, count: 50), "\(metric)")
    }
  }

  @Test func `one huge point among small ones, as query and as reference`() throws {
    var y = Points.floats(400, 20, seed: 53)
    for column in 0..<20 { y[200 * 20 + column] = 3e38 * (column % 2 == 0 ? 1 : -1) }
    y[300 * 20] = 1e25
    let set = PointSet(floats: y, dimension: 20)
    let found = try NeighborSearch(reference: set, count: 400).neighbors(of: set)
    #expect(found == NaiveNeighbors.table(set, in: set, .euclidean, count: 400))
    let few = try NeighborSearch(reference: set, count: 5).neighbors(of: set)
    #expect(few == NaiveNeighbors.table(set, in: set, .euclidean, count: 5))
  }

  @Test func `values that are not finite are found, and count as far away`() throws {
    var y = Points.floats(300, 20, seed: 54)
    (y[7 * 20 + 3], y[8 * 20]) = (.nan, .infinity)
    let set = PointSet(floats: y, dimension: 20)
    #expect(set.firstNonFinite()! == (7, 3))
    #expect(Points.set(.floats, 10, 10, seed: 1).firstNonFinite() == nil)
    #expect(PointSet(floats: [3e38, 3e38, 3e38, -3e38], dimension: 2).firstNonFinite() == nil)
    #expect(Points.set(.bytes, 10, 10, seed: 1).firstNonFinite() == nil)
    let found = try NeighborSearch(reference: set, count: 300).neighbors(of: set, rows: 0..<1)
    #expect(found.neighbors(0).suffix(2).map(\.index) == [7, 8])
    #expect(found.neighbors(0).suffix(2).allSatisfy { $0.distance == .infinity })
  }
}
