// SPDX-License-Identifier: MIT
import Kernels
import Memorization
import Testing

/// The naive twin: every distance, coordinate by coordinate, then the two smallest in the order of the indices.
func naiveNearestTwo(_ points: Matrix, in reference: Matrix) -> [NearestTwo] {
  (0..<points.rows).map { row in
    let squares = (0..<reference.rows).map { other in
      (0..<points.columns).reduce(0.0) { sum, column in
        let difference = points[row, column] - reference[other, column]
        return sum + difference * difference
      }
    }
    let order = squares.indices.sorted { (squares[$0], $0) < (squares[$1], $1) }
    return NearestTwo(
      d1: squares[order[0]].squareRoot(), d2: squares[order[1]].squareRoot(), index1: order[0], index2: order[1])
  }
}

struct NearestTwoTests {
  @Test(
    "equals the naive twin bit by bit, for blocks full and not",
    arguments: [
      (0, 2, 1), (1, 2, 1), (3, 31, 7), (5, 32, 8), (7, 33, 50), (257, 65, 3), (300, 200, 50), (4, 2, 0),
    ])
  func twin(count: Int, references: Int, dimension: Int) {
    let key = RandomKey(seed: 11)
    let points = key.child("points").normalRows(count, dimension)
    let reference = key.child("reference").normalRows(references, dimension)
    #expect(NearestTwo.search(points, in: reference) == naiveNearestTwo(points, in: reference))
  }

  @Test("a copy has distance exactly zero, and a duplicated copy two of them")
  func copies() {
    let reference = RandomKey(seed: 12).normalRows(70, 20)
    let doubled = Matrix(rows: 71, columns: 20, values: reference.values + Array(reference.row(40)))
    let found = NearestTwo.search(reference, in: doubled)
    #expect(found.map(\.index1) == Array(0..<70))
    #expect(found.allSatisfy { $0.d1 == 0 })
    #expect(found[40] == NearestTwo(d1: 0, d2: 0, index1: 40, index2: 70))
    #expect(found[39].d2 > 0)
  }

  @Test("among equal distances the lowest index comes first")
  func ties() {
    let reference = Matrix([[1.0], [-1], [3], [1], [-1]])
    let found = NearestTwo.search(Matrix([[0.0], [2], [9]]), in: reference)
    #expect(found[0] == NearestTwo(d1: 1, d2: 1, index1: 0, index2: 1))
    #expect(found[1] == NearestTwo(d1: 1, d2: 1, index1: 0, index2: 2))
    #expect(found[2] == NearestTwo(d1: 6, d2: 8, index1: 2, index2: 0))
  }

  @Test("distances far below the size of the coordinates keep their digits")
  func cancellation() {
    // A Gram identity loses all digits here: 1e6^2 * 2^-53 is far above 1e-8^2.
    let reference = Matrix([[1e6, 1e6], [1e6 + 2, 1e6]])
    let shift = 0x1p-20
    let found = NearestTwo.search(Matrix([[1e6 + shift, 1e6]]), in: reference)[0]
    #expect(found.d1 == shift)
    #expect(found.d2 == 2 - shift)
  }

  @Test("points that are not finite have no neighbours")
  func notFinite() {
    let reference = RandomKey(seed: 13).normalRows(40, 3)
    for bad in [Double.nan, .infinity] {
      let found = NearestTwo.search(Matrix([[0, bad, 0]]), in: reference)[0]
      #expect(found.d1 == .infinity && found.d2 == .infinity)
      #expect(!MemorizationTest().isMemorized(found))
    }
    let partly = NearestTwo.search(Matrix([[0.0]]), in: Matrix([[.nan], [.nan], [2]]))[0]
    #expect(partly == NearestTwo(d1: 2, d2: .infinity, index1: 2, index2: 0))
    let firstOnly = NearestTwo.search(Matrix([[0.0]]), in: Matrix([[2.0], [.nan]]))[0]
    #expect(firstOnly == NearestTwo(d1: 2, d2: .infinity, index1: 0, index2: 1))
  }

  @Test("two threads find the same as one")
  func threads() {
    let key = RandomKey(seed: 14)
    let (points, reference) = (key.child(0).normalRows(2000, 30), key.child(1).normalRows(50, 30))
    let serial = NearestTwo.search(points, in: reference)
    #expect(NearestTwo.search(points, in: reference, workers: Workers(threads: 2)) == serial)
  }

  @Test("2,000 x 200 x 50 takes milliseconds")
  func speed() {
    let key = RandomKey(seed: 15)
    let (points, reference) = (key.child(0).normalRows(2000, 50), key.child(1).normalRows(200, 50))
    _ = NearestTwo.search(points, in: reference)
    let elapsed = ContinuousClock().measure { _ = NearestTwo.search(points, in: reference) }
    print("nearest two of 2,000 x 200 x 50: \(elapsed)")
    // Ten times what a loaded machine takes: a guard against a lost kernel, not a benchmark.
    #expect(elapsed < .milliseconds(100))
  }
}
