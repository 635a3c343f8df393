// SPDX-License-Identifier: MIT
internal import Files

/// One named table of numbers behind a figure: what gnuplot reads, and what a reader may plot anew.
public struct DataBlock: Sendable, Hashable {
  /// Unique in its figure.
  public let name: String
  /// Names of the columns, unique in the block.
  public let columns: [String]
  /// Rows of as many numbers as there are columns; NaN where there is none.
  public private(set) var rows: [[Double]] = []

  /// Every row as long as `columns`.
  public init(_ name: String, columns: [String], rows: [[Double]] = []) {
    self.name = name
    self.columns = columns
    for row in rows { append(row) }
  }

  /// Adds a row of as many numbers as there are columns.
  public mutating func append(_ row: [Double]) {
    precondition(row.count == columns.count, "block \(name): \(row.count) numbers for \(columns.count) columns")
    rows.append(row)
  }

  /// The 1-based number of a column, as gnuplot's `using` counts.
  func number(of column: String) -> Int {
    guard let index = columns.firstIndex(of: column) else {
      preconditionFailure("block \(name) has no column \(column), only \(columns)")
    }
    return index + 1
  }

  /// The block's label in the data file. Brackets keep one label from being the beginning of another,
  /// because gnuplot's `index` compares beginnings.
  var label: String { "[\(name)]" }
}

/// Writes blocks as gnuplot data and as one tidy CSV table.
public enum DataText {
  /// Space-separated blocks, two empty lines apart, selected in a script by `index '[name]'`; empty ones are left out.
  public static func gnuplot(_ blocks: [DataBlock]) -> String {
    blocks.filter { !$0.rows.isEmpty }.map { block in
      let lines = block.rows.map { row in row.map(number).joined(separator: " ") }
      let header = "# columns: " + block.columns.map { $0.replacing(" ", with: "_") }.joined(separator: " ")
      return ([header, "# \(block.label)"] + lines).joined(separator: "\n") + "\n"
    }.joined(separator: "\n\n")
  }

  /// Comma-separated: the block's name in column `series`, then the union of the blocks' columns;
  /// empty where there is none.
  public static func csv(_ blocks: [DataBlock]) -> String {
    var columns: [String] = []
    for column in blocks.flatMap(\.columns) where !columns.contains(column) { columns.append(column) }
    var table = CSVTable(columns: ["series"] + columns)
    for block in blocks {
      let positions = columns.map { block.columns.firstIndex(of: $0) }
      for row in block.rows {
        let cells = positions.map { position -> CSVValue in
          guard let position, !row[position].isNaN else { return .null }
          return .text(number(row[position]))
        }
        table.append([.text(block.name)] + cells)
      }
    }
    return table.text
  }

  /// The shortest text that reads back as the same number; whole numbers without a point.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "NaN" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }
}
