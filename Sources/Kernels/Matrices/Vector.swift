// SPDX-License-Identifier: MIT

/// A vector of doubles, (d): in formulas a matrix of one row.
///
/// The rows of a matrix and the parts of a vector share its memory until they are changed.
public struct Vector: MatrixExpression, Sendable, Equatable {
  /// The elements; indices may begin anywhere.
  public var values: ArraySlice<Double>

  /// Shares the memory of a part of an array until either is changed.
  public init(_ values: ArraySlice<Double>) { self.values = values }
  /// The elements of an array, in its order.
  public init(_ values: [Double]) { self.values = values[...] }
  /// `count` zeros.
  public init(zeros count: Int) { self.init([Double](repeating: 0, count: count)) }

  /// The vector that a formula of one row describes.
  @inlinable public init(_ formula: some MatrixExpression) {
    precondition(formula.rows == 1, "a vector from shape (\(formula.rows), \(formula.columns))")
    self.init(formula.evaluated)
  }

  /// d.
  public var count: Int { values.count }
  @inlinable public var rows: Int { 1 }
  @inlinable public var columns: Int { values.count }

  /// The elements of a range of positions, from 0.
  public subscript(range: Range<Int>) -> Vector {
    Vector(values[values.startIndex + range.lowerBound..<values.startIndex + range.upperBound])
  }

  @inlinable public func withElements<Result>(_ body: (StoredElements) -> Result) -> Result {
    values.withUnsafeBufferPointer { body(StoredElements($0)) }
  }

  /// Adds a formula of one row and as many columns, in place.
  @inlinable public static func += (vector: inout Vector, formula: some MatrixExpression) {
    requireSameShape(vector, formula)
    vector.values.write(formula, at: 0) { $0 + $1 }
  }

  /// Subtracts a formula of one row and as many columns, in place.
  @inlinable public static func -= (vector: inout Vector, formula: some MatrixExpression) {
    requireSameShape(vector, formula)
    vector.values.write(formula, at: 0) { $0 - $1 }
  }
}

extension Matrix {
  /// A row as a vector, shape (columns).
  public func vector(_ row: Int) -> Vector { Vector(self.row(row)) }
}
