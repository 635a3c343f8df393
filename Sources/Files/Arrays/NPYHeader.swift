// SPDX-License-Identifier: MIT

/// The header of an npy file: a magic number, a version, a length and a Python dictionary.
///
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
package struct NPYHeader: Equatable {
  package let element: NPYElement
  /// One size for each axis, none negative; no axes are a single number.
  package let shape: [Int]
  /// Bytes of the header: where the elements begin.
  package let length: Int

  package static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy itself refuses headers above 10,000 bytes.
  private static let longest = 10_000

  /// Format 1.0 of a matrix, padded with spaces so that the data start at a multiple of 64.
  static func bytes(_ element: NPYElement, rows: Int, columns: Int) -> [UInt8] {
    let text = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    // Magic, version and length take 10 bytes, the newline one.
    let padding = (64 - (text.utf8.count + 11) % 64) % 64
    let length = text.utf8.count + padding + 1
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(text.utf8) + Array(repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
  }

  /// Reads a header of format 1, 2 or 3. `next` gives the next bytes of the file, as many as it is asked for;
  /// `failure` makes an error of what is wrong.
  ///
  /// Throws for other types than `NPYElement` (pickled objects among them), Fortran order, and shapes that are none.
  package init<Failure: Error>(
    next: (Int) throws(Failure) -> [UInt8], failure: (String) -> Failure
  ) throws(Failure) {
    let start = try next(8)
    guard Array(start.prefix(6)) == Self.magic else { throw failure("it does not begin as an npy file") }
    // Version 1 has a length of two bytes, 2 and 3 of four.
    guard (1...3).contains(start[6]) else { throw failure("its npy version is \(start[6]); known are 1 to 3") }
    let width = start[6] == 1 ? 2 : 4
    let count = try next(width).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= Self.longest else {
      throw failure("its header claims \(count) bytes; NumPy allows \(Self.longest)")
    }
    let text = String(decoding: try next(count), as: UTF8.self)
    do throws(FormatProblem) {
      (element, shape) = (try Self.element(in: text), try Self.shape(in: text))
    } catch {
      throw failure(error.description)
    }
    length = 8 + width + count
  }

  private static func element(in text: String) throws(FormatProblem) -> NPYElement {
    let type = try value(of: "descr", in: text, from: "'", to: "'")
    guard let element = NPYElement(rawValue: type) else {
      if type.contains("O") { throw FormatProblem("it holds pickled Python objects, which are never loaded") }
      let allowed = NPYElement.allCases.map(\.rawValue).joined(separator: ", ")
      throw FormatProblem("its type is '\(type)'; allowed are \(allowed)")
    }
    guard try value(of: "fortran_order", in: text, from: "", to: ",") == "False" else {
      throw FormatProblem("it is in Fortran order: save numpy.ascontiguousarray(x)")
    }
    return element
  }

  private static func shape(in text: String) throws(FormatProblem) -> [Int] {
    let tuple = try value(of: "shape", in: text, from: "(", to: ")")
    let words = tuple.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    let sizes = words.compactMap { Int($0) }
    guard sizes.count == words.count, sizes.allSatisfy({ $0 >= 0 }) else {
      throw FormatProblem("its shape is (\(tuple)); sizes are whole numbers from 0")
    }
    return sizes
  }

  /// The text between two marks after `'key':`; a structured type has no such text and fails here.
  private static func value(
    of key: String, in text: String, from opening: String, to closing: String
  ) throws(FormatProblem) -> String {
    let words = text.split(separator: "'\(key)':", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = words.count == 2 ? words[1].drop { $0 == " " } : ""
    guard words.count == 2, rest.hasPrefix(opening) else { throw FormatProblem("its header has no simple '\(key)'") }
    let parts = rest.dropFirst(opening.count).split(separator: closing, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw FormatProblem("its '\(key)' is cut off") }
    return String(parts[0])
  }
}
