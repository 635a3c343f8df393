// SPDX-License-Identifier: MIT

/// One field of a table.
public enum CSVValue: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
  /// A text, in quotes where RFC 4180 asks for them or it is empty.
  case text(String)
  /// A text in quotes, whether RFC 4180 asks for them or not.
  case quoted(String)
  /// A whole number.
  case integer(Int)
  /// In the shortest form that reads back as the same double.
  case number(Double)
  /// Nothing was measured: an empty field.
  case null

  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(nilLiteral: ()) { self = .null }
  /// `null` of nil.
  public init(_ value: Double?) { self = value.map(CSVValue.number) ?? .null }
  /// `null` of nil.
  public init(_ value: Int?) { self = value.map(CSVValue.integer) ?? .null }
  /// `null` of nil.
  public init(_ value: String?) { self = value.map(CSVValue.text) ?? .null }

  /// As it stands in a file, quoted where RFC 4180 asks for it; doubles in the shortest form that reads back exactly.
  var field: String {
    switch self {
    case .text(let text): Self.needsQuotes(text) ? Self.quoted(text) : text
    case .quoted(let text): Self.quoted(text)
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .null: ""
    }
  }

  private static func needsQuotes(_ text: String) -> Bool {
    // An empty text is quoted, so that it is told from null. Unicode scalars: "\r\n" is one Character.
    let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
    return text.isEmpty || text.unicodeScalars.contains(where: special.contains)
  }

  private static func quoted(_ text: String) -> String {
    // By scalars too: a quote with an accent behind it is one Character.
    let doubled = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"\(doubled)\""
  }
}

/// A table with a header line: RFC 4180, lines ended by a newline.
public struct CSVTable: Sendable, Hashable {
  /// The fields of the first line.
  public let columns: [String]
  /// One list per line, as long as `columns`.
  public private(set) var rows: [[CSVValue]] = []

  /// A table without rows.
  public init(columns: [String]) { self.columns = columns }

  /// Adds a line of as many values as there are columns.
  public mutating func append(_ row: [CSVValue]) {
    precondition(row.count == columns.count, "\(row.count) values for \(columns.count) columns")
    rows.append(row)
  }

  /// The whole file; equal tables give equal bytes.
  public var text: String {
    ([columns.map(CSVValue.text)] + rows).map { $0.map(\.field).joined(separator: ",") + "\n" }.joined()
  }

  /// Replaces the file as a whole (`AtomicFile.replace`).
  public func write(to path: String) throws(StoreError) { try AtomicFile.replace(Array(text.utf8), at: path) }
}
