// SPDX-License-Identifier: MIT

/// The header of an npy file: a magic number, a version, a length and a Python dictionary.
struct NPYArrayHeader {
  let element: NPYArray.Element
  let shape: [Int]
  /// Bytes of the header: where the elements begin.
  let length: Int

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy itself refuses headers above 10,000 bytes.
  private static let longest = 10_000

  init(_ stream: inout some ByteStream & ~Copyable) throws(PictureError) {
    let path = stream.path
    let start = try stream.bytes(8, of: "header")
    guard Array(start.prefix(6)) == Self.magic else {
      throw .malformed(path: path, problem: "it does not begin as an npy file")
    }
    // Version 1 has a length of two bytes, 2 and 3 of four.
    guard (1...3).contains(start[6]) else {
      throw .malformed(path: path, problem: "its npy version is \(start[6]); known are 1 to 3")
    }
    let width = start[6] == 1 ? 2 : 4
    let length = try stream.bytes(width, of: "header").reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.longest else {
      throw .malformed(path: path, problem: "its header claims \(length) bytes; NumPy allows \(Self.longest)")
    }
    try self.init(
      String(decoding: stream.bytes(length, of: "header"), as: UTF8.self), length: 8 + width + length, path: path)
  }

  /// Bytes of the elements; throws `PictureError` for more than `limit`.
  func byteCount(limit: Int, path: String) throws(PictureError) -> Int {
    try PictureSize.bytes(shape + [element.size], limit: limit, path: path)
  }

  /// Reads past the header; throws `PictureError` where it is not the one that was read before.
  static func skip(
    _ stream: inout some ByteStream & ~Copyable, expecting header: NPYArrayHeader
  ) throws(PictureError) {
    let again = try NPYArrayHeader(&stream)
    guard again.element == header.element, again.shape == header.shape else {
      throw .malformed(path: stream.path, problem: "it changed while it was read")
    }
  }

  private init(_ text: String, length: Int, path: String) throws(PictureError) {
    let type = try Self.value(of: "descr", in: text, from: "'", to: "'", path)
    guard let element = NPYArray.Element(rawValue: type) else { throw Self.unknown(type, path) }
    guard try Self.value(of: "fortran_order", in: text, from: "", to: ",", path) == "False" else {
      throw .malformed(path: path, problem: "it is in Fortran order: save numpy.ascontiguousarray(x)")
    }
    let tuple = try Self.value(of: "shape", in: text, from: "(", to: ")", path)
    let words = tuple.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    let sizes = words.compactMap { Int($0) }
    guard sizes.count == words.count, !sizes.isEmpty, sizes.allSatisfy({ $0 >= 1 }) else {
      throw .malformed(path: path, problem: "its shape is (\(tuple)); each axis needs at least one element")
    }
    (self.element, shape, self.length) = (element, sizes, length)
  }

  private static func unknown(_ type: String, _ path: String) -> PictureError {
    if type.contains("O") {
      return .malformed(path: path, problem: "it holds pickled Python objects, which are never loaded")
    }
    let allowed = NPYArray.Element.allCases.map(\.rawValue).joined(separator: ", ")
    return .malformed(path: path, problem: "its type is '\(type)'; allowed are \(allowed)")
  }

  /// The text between two marks after `'key':`; a structured type has no such text and fails here.
  private static func value(
    of key: String, in text: String, from opening: String, to closing: String, _ path: String
  ) throws(PictureError) -> String {
    let words = text.split(separator: "'\(key)':", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = words.count == 2 ? words[1].drop { $0 == " " } : ""
    guard words.count == 2, rest.hasPrefix(opening) else {
      throw .malformed(path: path, problem: "its header has no simple '\(key)'")
    }
    let parts = rest.dropFirst(opening.count).split(separator: closing, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .malformed(path: path, problem: "its '\(key)' is cut off") }
    return String(parts[0])
  }
}
