// SPDX-License-Identifier: MIT

/// A dense matrix of doubles: row-major, a value, one row per sample or component.
///
/// Shapes are written (rows, columns) in the house alphabet: n samples, d dimension, M model
/// components, K true components, N training samples. Kernels copy what they need into
/// padded `Float` workspaces; everything outside kernels stays in double precision.
public struct Matrix: Sendable, Equatable, Codable {
  /// n of a shape (n, d).
  public let rows: Int
  /// d of a shape (n, d).
  public let columns: Int
  /// Row-major values; `values.count == rows * columns`.
  public var values: [Double]

  /// `values` row by row; their number must be rows * columns.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values for a (\(rows), \(columns)) matrix")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Every element equal to `value`.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(rows: rows, columns: columns, values: Array(repeating: value, count: rows * columns))
  }

  /// Stacks equally long rows.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "rows of unequal length")
    self.init(rows: rows.count, columns: columns, values: rows.flatMap { $0 })
  }

  /// The element in `row` and `column`, counted from 0.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The row as a slice of `values` (its indices are those of `values`).
  public func row(_ index: Int) -> ArraySlice<Double> {
    values[index * columns..<(index + 1) * columns]
  }

  /// Rows and columns exchanged; a copy.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
    return result
  }

  /// The named rows, in the order given.
  public func gathering(_ indices: some Sequence<Int>) -> Matrix {
    let picked = indices.map { $0 }
    var gathered: [Double] = []
    gathered.reserveCapacity(picked.count * columns)
    for index in picked { gathered.append(contentsOf: row(index)) }
    return Matrix(rows: picked.count, columns: columns, values: gathered)
  }
}
