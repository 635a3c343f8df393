// SPDX-License-Identifier: MIT
import Kernels
import Testing

/// Formulas against the loops that they stand for, to the last bit.
@Suite struct MatrixExpressionTests {
  /// Nothing, one element, one row, one column, and sizes that fill no vector of any width.
  static let shapes = [(0, 0), (0, 5), (5, 0), (1, 1), (1, 17), (23, 1), (7, 13), (31, 33), (64, 50)]

  private static func matrix(_ name: String, _ rows: Int, _ columns: Int) -> Matrix {
    RandomKey(seed: 4).child(name).normalRows(rows, columns)
  }

  private static func loop(_ x: Matrix, _ y: Matrix, _ element: (Double, Double) -> Double) -> [UInt64] {
    zip(x.values, y.values).map { element($0, $1).bitPattern }
  }

  private static func bits(_ values: some Sequence<Double>) -> [UInt64] { values.map(\.bitPattern) }

  @Test(arguments: shapes)
  func `formulas are the loops, bit for bit`(rows: Int, columns: Int) {
    let (x, y) = (Self.matrix("x", rows, columns), Self.matrix("y", rows, columns))
    let (a, b) = (0.1, -1.0 / 3.0)
    func check(_ formula: some MatrixExpression, _ element: (Double, Double) -> Double) {
      let result = Matrix(formula)
      #expect((result.rows, result.columns) == (rows, columns))
      #expect(Self.bits(result.values) == Self.loop(x, y, element))
    }
    check(a * x + b * y) { a * $0 + b * $1 }
    check(x - b * y) { $0 - b * $1 }
    check(x / 3) { x, _ in x / 3 }
    // Neither sums nor products are reordered, and no product is fused into a sum.
    check(a * x + b * y + x) { (a * $0 + b * $1) + $0 }
    check(x + (y + a * x)) { $0 + ($1 + a * $0) }
    check(a * (b * (x - y) / 7) - y) { a * (b * ($0 - $1) / 7) - $1 }
  }

  @Test(arguments: shapes)
  func `sums of products are added in their order`(rows: Int, columns: Int) {
    let (x, y) = (Self.matrix("x", rows, columns), Self.matrix("y", rows, columns))
    let expected = zip(x.values, y.values).reduce(0) { $0 + ($1.0 - 2 * $1.1) * $1.1 }
    #expect((x - 2 * y).dot(y).bitPattern == expected.bitPattern)
    #expect(
      (x - y).squares.bitPattern == zip(x.values, y.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.bitPattern)
  }

  @Test(arguments: shapes)
  func `a matrix in its own formula is read as it was`(rows: Int, columns: Int) {
    let (start, y) = (Self.matrix("x", rows, columns), Self.matrix("y", rows, columns))
    var x = start
    x.assign(2 * x + y)
    #expect(Self.bits(x.values) == Self.loop(start, y) { 2 * $0 + $1 })
    x = start
    x += 3 * x - y
    #expect(Self.bits(x.values) == Self.loop(start, y) { $0 + (3 * $0 - $1) })
    x = start
    x -= x / 3 + y
    #expect(Self.bits(x.values) == Self.loop(start, y) { $0 - ($0 / 3 + $1) })
  }

  @Test func `copies made before an assignment keep their elements`() {
    var x = Self.matrix("x", 3, 5)
    let (before, formula) = (x, 2 * x)
    x.assign(-1 * x)
    #expect(before == Self.matrix("x", 3, 5) && Matrix(formula) == Matrix(2 * before))
  }

  @Test func `rows are vectors of the matrix's memory`() {
    var x = Self.matrix("x", 6, 5)
    let start = x
    let row = x.vector(4)
    x.add(2 * row - x.vector(0), toRow: 4)
    x.assign(row / 2, toRow: 5)
    for column in 0..<5 {
      #expect(x[4, column] == start[4, column] + (2 * start[4, column] - start[0, column]))
      #expect(x[5, column] == start[4, column] / 2)
    }
    #expect(row == start.vector(4) && x.gathering([0, 1, 2, 3]) == start.gathering([0, 1, 2, 3]))
  }

  @Test func `vectors and their parts`() {
    let x = Self.matrix("x", 3, 10)
    let part = x.vector(1)[2..<7]
    #expect(Array(part.values) == (2..<7).map { x[1, $0] })
    #expect(part[1..<3] == Vector([x[1, 3], x[1, 4]]))
    var sum = Vector(zeros: 5)
    sum += 2 * part
    sum -= x.vector(2)[0..<5]
    #expect(Array(sum.values) == (0..<5).map { 2 * x[1, $0 + 2] - x[2, $0] })
    var shifted = part
    shifted += shifted
    #expect(shifted == Vector(2 * part) && part == x.vector(1)[2..<7])
    #expect(Vector([]).count == 0 && Vector([]).squares == 0)
  }

  @Test func `the message of a refused shape names both`() async {
    // Optimized code stops without a word; either way it stops.
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix(rows: 2, columns: 3) + 2 * Matrix(rows: 3, columns: 2)
    }
    #if DEBUG
      let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(message.contains("shapes differ: (2, 3) and (3, 2)"), "\(message)")
    #else
      _ = result
    #endif
  }

  @Test func `no other shape is read or written`() async {
    await #expect(processExitsWith: .failure) {
      var x = Matrix(rows: 2, columns: 3)
      x.assign(Matrix(rows: 1, columns: 6))
    }
    await #expect(processExitsWith: .failure) {
      var x = Matrix(rows: 2, columns: 3)
      x += Matrix(rows: 3, columns: 3)
    }
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 3) - Matrix(rows: 2, columns: 2) }
    await #expect(processExitsWith: .failure) { _ = Vector([1, 2]).dot(Vector([1, 2, 3])) }
    await #expect(processExitsWith: .failure) { _ = Vector(Matrix(rows: 2, columns: 1)) }
    await #expect(processExitsWith: .failure) {
      var x = Matrix(rows: 2, columns: 3)
      x.add(Vector([1, 2, 3]), toRow: 2)
    }
    // A matrix whose values were cut from outside.
    await #expect(processExitsWith: .failure) {
      var x = Matrix(rows: 2, columns: 3)
      x.values.removeLast()
      _ = Matrix(2 * x)
    }
  }
}
