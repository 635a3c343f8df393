// SPDX-License-Identifier: MIT

/// A formula over matrices of one shape, such as `alpha * clean + sigma * noise`.
///
/// A formula is a value that holds its operands; nothing is computed until `Matrix(formula)`, `assign`, `+=` or `dot`
/// asks for the elements. Then each is computed once, in one pass, without matrices in between, and is rounded as the
/// same formula in `Double`: operation by operation in the order written, never fused.
public protocol MatrixExpression {
  /// What `withElements` hands out.
  associatedtype Elements: MatrixElements
  /// n of a shape (n, d).
  var rows: Int { get }
  /// d of a shape (n, d).
  var columns: Int { get }
  /// Calls `body` with the elements, which are valid inside it only and must not be kept.
  func withElements<Result>(_ body: (Elements) -> Result) -> Result
}

/// The elements of a formula, row-major. Unchecked: an index must be below rows * columns.
public protocol MatrixElements {
  /// The element at `row * columns + column`, computed anew at each call.
  subscript(index: Int) -> Double { get }
}

/// Elements that lie in memory.
public struct StoredElements: MatrixElements {
  @usableFromInline let buffer: UnsafeBufferPointer<Double>

  @inlinable init(_ buffer: UnsafeBufferPointer<Double>) { self.buffer = buffer }
  @inlinable public subscript(index: Int) -> Double { buffer[index] }
}

/// `scale * base`.
public struct MatrixMultiple<Base: MatrixExpression>: MatrixExpression {
  /// The factor.
  public let scale: Double
  /// What is multiplied.
  public let base: Base

  @inlinable init(_ scale: Double, _ base: Base) { (self.scale, self.base) = (scale, base) }
  @inlinable public var rows: Int { base.rows }
  @inlinable public var columns: Int { base.columns }
  @inlinable public func withElements<Result>(_ body: (Elements) -> Result) -> Result {
    base.withElements { body(Elements(scale: scale, base: $0)) }
  }

  /// `scale` times each element.
  public struct Elements: MatrixElements {
    @usableFromInline let scale: Double
    @usableFromInline let base: Base.Elements

    @inlinable init(scale: Double, base: Base.Elements) { (self.scale, self.base) = (scale, base) }
    @inlinable public subscript(index: Int) -> Double { scale * base[index] }
  }
}

/// `base / divisor`: a division, which rounds otherwise than a multiplication by the inverse.
public struct MatrixQuotient<Base: MatrixExpression>: MatrixExpression {
  /// What is divided.
  public let base: Base
  /// The divisor.
  public let divisor: Double

  @inlinable init(_ base: Base, _ divisor: Double) { (self.base, self.divisor) = (base, divisor) }
  @inlinable public var rows: Int { base.rows }
  @inlinable public var columns: Int { base.columns }
  @inlinable public func withElements<Result>(_ body: (Elements) -> Result) -> Result {
    base.withElements { body(Elements(base: $0, divisor: divisor)) }
  }

  /// Each element divided.
  public struct Elements: MatrixElements {
    @usableFromInline let base: Base.Elements
    @usableFromInline let divisor: Double

    @inlinable init(base: Base.Elements, divisor: Double) { (self.base, self.divisor) = (base, divisor) }
    @inlinable public subscript(index: Int) -> Double { base[index] / divisor }
  }
}

/// `left + right`.
public struct MatrixSum<Left: MatrixExpression, Right: MatrixExpression>: MatrixExpression {
  /// The first operand.
  public let left: Left
  /// The second operand, of the same shape.
  public let right: Right

  @inlinable init(_ left: Left, _ right: Right) {
    requireSameShape(left, right)
    (self.left, self.right) = (left, right)
  }
  @inlinable public var rows: Int { left.rows }
  @inlinable public var columns: Int { left.columns }
  @inlinable public func withElements<Result>(_ body: (Elements) -> Result) -> Result {
    left.withElements { left in right.withElements { right in body(Elements(left: left, right: right)) } }
  }

  /// Sums, element by element.
  public struct Elements: MatrixElements {
    @usableFromInline let left: Left.Elements
    @usableFromInline let right: Right.Elements

    @inlinable init(left: Left.Elements, right: Right.Elements) { (self.left, self.right) = (left, right) }
    @inlinable public subscript(index: Int) -> Double { left[index] + right[index] }
  }
}

/// `left - right`.
public struct MatrixDifference<Left: MatrixExpression, Right: MatrixExpression>: MatrixExpression {
  /// The first operand.
  public let left: Left
  /// The second operand, of the same shape.
  public let right: Right

  @inlinable init(_ left: Left, _ right: Right) {
    requireSameShape(left, right)
    (self.left, self.right) = (left, right)
  }
  @inlinable public var rows: Int { left.rows }
  @inlinable public var columns: Int { left.columns }
  @inlinable public func withElements<Result>(_ body: (Elements) -> Result) -> Result {
    left.withElements { left in right.withElements { right in body(Elements(left: left, right: right)) } }
  }

  /// Differences, element by element.
  public struct Elements: MatrixElements {
    @usableFromInline let left: Left.Elements
    @usableFromInline let right: Right.Elements

    @inlinable init(left: Left.Elements, right: Right.Elements) { (self.left, self.right) = (left, right) }
    @inlinable public subscript(index: Int) -> Double { left[index] - right[index] }
  }
}

extension MatrixExpression {
  /// A multiple; nothing is computed yet.
  @inlinable public static func * (scale: Double, matrix: Self) -> MatrixMultiple<Self> { .init(scale, matrix) }
  /// A quotient; nothing is computed yet.
  @inlinable public static func / (matrix: Self, divisor: Double) -> MatrixQuotient<Self> { .init(matrix, divisor) }
  /// A sum of two formulas of one shape; others stop the program. Nothing is computed yet.
  @inlinable public static func + <Other: MatrixExpression>(left: Self, right: Other) -> MatrixSum<Self, Other> {
    .init(left, right)
  }
  /// A difference of two formulas of one shape; others stop the program. Nothing is computed yet.
  @inlinable public static func - <Other: MatrixExpression>(left: Self, right: Other) -> MatrixDifference<Self, Other> {
    .init(left, right)
  }

  /// The sum of the products of equal elements, added up in their order, row after row.
  @inlinable public func dot(_ other: some MatrixExpression) -> Double {
    requireSameShape(self, other)
    return withElements { left in
      other.withElements { right in
        var sum = 0.0
        for index in 0..<rows * columns { sum += left[index] * right[index] }
        return sum
      }
    }
  }

  /// The sum of the squares, added up in their order: `dot` with itself.
  @inlinable public var squares: Double { dot(self) }

  /// The elements as an array of rows * columns values.
  @inlinable var evaluated: [Double] {
    let count = rows * columns
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      withElements { elements in
        for index in 0..<count { buffer.initializeElement(at: index, to: elements[index]) }
      }
      initialized = count
    }
  }
}

@inlinable func requireSameShape(_ left: some MatrixExpression, _ right: some MatrixExpression) {
  precondition(
    left.rows == right.rows && left.columns == right.columns,
    "shapes differ: (\(left.rows), \(left.columns)) and (\(right.rows), \(right.columns))")
}

// MARK: - Into matrices

extension Matrix: MatrixExpression {
  /// The matrix that the formula describes.
  @inlinable public init(_ formula: some MatrixExpression) {
    self.init(rows: formula.rows, columns: formula.columns, values: formula.evaluated)
  }

  @inlinable public func withElements<Result>(_ body: (StoredElements) -> Result) -> Result {
    // `values` can be set from outside; elements are read without a check.
    precondition(values.count == rows * columns, "\(values.count) values in a (\(rows), \(columns)) matrix")
    return values.withUnsafeBufferPointer { body(StoredElements($0)) }
  }

  /// Overwrites the elements with those of a formula of the same shape.
  ///
  /// Takes no memory unless the formula holds this very matrix, which is then read as it was before.
  @inlinable public mutating func assign(_ formula: some MatrixExpression) {
    requireSameShape(self, formula)
    values.write(formula, at: 0) { $1 }
  }

  /// Adds a formula of the same shape, element by element, in place.
  @inlinable public static func += (matrix: inout Matrix, formula: some MatrixExpression) {
    requireSameShape(matrix, formula)
    matrix.values.write(formula, at: 0) { $0 + $1 }
  }

  /// Subtracts a formula of the same shape, element by element, in place.
  @inlinable public static func -= (matrix: inout Matrix, formula: some MatrixExpression) {
    requireSameShape(matrix, formula)
    matrix.values.write(formula, at: 0) { $0 - $1 }
  }

  /// Overwrites a row with a formula of one row.
  ///
  /// A formula that holds a row of this very matrix makes a copy of all of it.
  @inlinable public mutating func assign(_ formula: some MatrixExpression, toRow row: Int) {
    requireFits(formula, row)
    values.write(formula, at: row * columns) { $1 }
  }

  /// Adds a formula of one row to a row; as for `assign`, none of this very matrix.
  @inlinable public mutating func add(_ formula: some MatrixExpression, toRow row: Int) {
    requireFits(formula, row)
    values.write(formula, at: row * columns) { $0 + $1 }
  }

  @inlinable func requireFits(_ formula: some MatrixExpression, _ row: Int) {
    precondition(
      (0..<rows).contains(row) && formula.rows == 1 && formula.columns == columns,
      "shape (\(formula.rows), \(formula.columns)) for row \(row) of (\(rows), \(columns))")
  }
}

extension MutableCollection where Element == Double, Index == Int {
  /// Replaces each value from the `offset`-th on by `combine` of it and an element of the formula.
  @inlinable mutating func write(
    _ formula: some MatrixExpression, at offset: Int, _ combine: (Double, Double) -> Double
  ) {
    let size = formula.rows * formula.columns
    precondition(offset >= 0 && offset + size <= count, "\(size) elements at \(offset) of \(count) values")
    let done: Void? = withContiguousMutableStorageIfAvailable { buffer in
      formula.withElements { elements in
        for index in 0..<size { buffer[offset + index] = combine(buffer[offset + index], elements[index]) }
      }
    }
    precondition(done != nil, "these values do not lie side by side")
  }
}
