// SPDX-License-Identifier: MIT

/// What is wrong with a binary file, in a few words.
struct FormatProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The header of an npy file: a magic number, a version, a length and a Python dictionary.
struct NPYHeader {
  let element: NPYFile.Element
  let rows: Int
  let columns: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Format 1.0, padded with spaces so that the data start at a multiple of 64.
  var bytes: [UInt8] {
    let text = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    // Magic, version and length take 10 bytes, the newline one.
    let padding = (64 - (text.utf8.count + 11) % 64) % 64
    let length = text.utf8.count + padding + 1
    return Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(text.utf8) + Array(repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
  }

  /// The header and the offset of the data.
  static func parse(_ bytes: [UInt8]) throws(FormatProblem) -> (header: NPYHeader, start: Int) {
    guard bytes.count >= 12, Array(bytes.prefix(6)) == magic else { throw FormatProblem("it does not begin as one") }
    // Version 1 has a length of two bytes, 2 and 3 of four.
    let width: Int
    switch bytes[6] {
    case 1: width = 2
    case 2, 3: width = 4
    default: throw FormatProblem("format \(bytes[6]).\(bytes[7]) is unknown")
    }
    let length = bytes[8..<8 + width].reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = 8 + width + length
    guard start <= bytes.count else { throw FormatProblem("the header is cut off") }
    let text = String(decoding: bytes[(8 + width)..<start], as: UTF8.self)
    return (try NPYHeader(text), start)
  }

  init(element: NPYFile.Element, rows: Int, columns: Int) {
    (self.element, self.rows, self.columns) = (element, rows, columns)
  }

  private init(_ text: String) throws(FormatProblem) {
    let type = try Self.value(of: "descr", in: text, from: "'", to: "'")
    guard let element = NPYFile.Element(rawValue: type) else {
      if type.contains("O") { throw FormatProblem("it holds pickled Python objects, which are never loaded") }
      let allowed = NPYFile.Element.allCases.map(\.rawValue).joined(separator: ", ")
      throw FormatProblem("its type '\(type)' is none of \(allowed)")
    }
    guard try Self.value(of: "fortran_order", in: text, from: "", to: ",") == "False" else {
      throw FormatProblem("it is in Fortran order: save numpy.ascontiguousarray(x)")
    }
    let shape = try Self.value(of: "shape", in: text, from: "(", to: ")")
      .split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }.map { Int($0) ?? -1 }
    guard (1...2).contains(shape.count), shape.allSatisfy({ $0 >= 0 }) else {
      throw FormatProblem("its shape has \(shape.count) dimensions, not 1 or 2")
    }
    self.init(element: element, rows: shape[0], columns: shape.count == 2 ? shape[1] : 1)
  }

  /// The text between two marks after `'key':`; a structured type has no text and fails here.
  private static func value(
    of key: String, in text: String, from opening: String, to closing: String
  ) throws(FormatProblem) -> String {
    let words = text.split(separator: "'\(key)':", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2 else { throw FormatProblem("its header has no '\(key)'") }
    let rest = words[1].drop { $0 == " " }
    guard rest.hasPrefix(opening) else { throw FormatProblem("its '\(key)' is not simple") }
    let parts = rest.dropFirst(opening.count).split(separator: closing, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw FormatProblem("its '\(key)' is cut off") }
    return String(parts[0])
  }
}
