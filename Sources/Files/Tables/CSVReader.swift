// SPDX-License-Identifier: MIT

/// A table as it was read: texts, nil where a field is empty. Numbers read back exactly with `Double.init`.
public struct CSVReader: Sendable {
  /// The fields of the first line.
  public let columns: [String]
  /// One list per line, as long as `columns`.
  public let rows: [[String?]]

  /// Throws `StoreError.corrupt` with the line's number: a quote not closed or out of place, a line of another length.
  public init(reading path: String) throws(StoreError) {
    let text = String(decoding: try OpenFile.read(path), as: UTF8.self)
    do throws(Problem) {
      try self.init(parsing: text)
    } catch {
      throw .corrupt(path: path, line: error.line, problem: error.text)
    }
  }

  /// The value of a column in a row.
  public func value(_ row: Int, _ column: String) -> String? {
    columns.firstIndex(of: column).flatMap { rows[row][$0] }
  }

  struct Problem: Error {
    let line: Int
    let text: String
  }

  init(parsing text: String) throws(Problem) {
    var scanner = Scanner(text: Array(text.unicodeScalars))
    guard let header = try scanner.record() else { throw Problem(line: 1, text: "the table is empty") }
    columns = header.map { $0 ?? "" }
    var rows: [[String?]] = []
    while true {
      let line = scanner.line
      guard let row = try scanner.record() else { break }
      guard row.count == columns.count else {
        throw Problem(line: line, text: "\(row.count) fields, the header has \(columns.count)")
      }
      rows.append(row)
    }
    self.rows = rows
  }

  /// Reads records one after the other; a line break inside quotes does not end one.
  private struct Scanner {
    let text: [Unicode.Scalar]
    var position = 0
    var line = 1

    init(text: [Unicode.Scalar]) { self.text = text }

    private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    mutating func record() throws(Problem) -> [String?]? {
      guard next != nil else { return nil }
      var fields = [try field()]
      while next == "," {
        position += 1
        fields.append(try field())
      }
      if next == "\r" { position += 1 }
      guard next == nil || next == "\n" else { throw Problem(line: line, text: "text after a closing quote") }
      position += 1
      line += 1
      return fields
    }

    private mutating func field() throws(Problem) -> String? {
      if next == "\"" { return try quoted() }
      let start = position
      while let scalar = next, scalar != ",", scalar != "\n", scalar != "\r" {
        if scalar == "\"" { throw Problem(line: line, text: "a quote inside an unquoted field") }
        position += 1
      }
      return position == start ? nil : Self.string(text[start..<position])
    }

    private mutating func quoted() throws(Problem) -> String {
      let opened = line
      var content: [Unicode.Scalar] = []
      position += 1
      while let scalar = next {
        position += 1
        if scalar == "\n" { line += 1 }
        if scalar != "\"" {
          content.append(scalar)
        } else if next == "\"" {
          content.append(scalar)
          position += 1
        } else {
          return Self.string(content[...])
        }
      }
      throw Problem(line: opened, text: "a quote is not closed")
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
  }
}
