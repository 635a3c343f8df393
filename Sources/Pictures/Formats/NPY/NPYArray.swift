// SPDX-License-Identifier: MIT
public import Files
public import Kernels

/// An array of NumPy's format: C order, little endian, of bytes, floats or integers. Pickled objects are never loaded.
///
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
public struct NPYArray: Sendable, Equatable {
  /// How a value is stored.
  public typealias Element = NPYElement

  /// The file it was read from.
  public let path: String
  /// How the file stores its values.
  public let element: Element
  /// One size per axis, each at least 1.
  public let shape: [Int]
  /// The elements as in the file, last axis fastest.
  let bytes: [UInt8]

  /// Elements over all axes.
  public var count: Int { bytes.count / element.size }

  /// Reads a file, plain or gzip.
  ///
  /// Throws `PictureError` for other types, Fortran order, empty arrays, and data shorter or longer than the shape.
  public init(reading path: String, limit: Int = PictureOptions.standardLimit) throws(PictureError) {
    var stream = try GzipStream(path)
    try self.init(&stream, limit: limit)
  }

  init(_ stream: inout some ByteStream & ~Copyable, limit: Int) throws(PictureError) {
    let header = try NPYHeader(&stream)
    let count = try header.byteCount(limit: limit, path: stream.path)
    bytes = try stream.bytes(count, of: "array")
    try stream.end(after: "array")
    (path, element, shape) = (stream.path, header.element, header.shape)
  }

  /// The elements as (N, product of the other axes): embeddings, or pictures without cutting them to 256 levels.
  ///
  /// Throws `PictureError` for NaN and infinity.
  public func flattened() throws(PictureError) -> Matrix {
    var extremes = ValueExtremes(path: path)
    try extremes.add(bytes, element)
    var values: [Double] = []
    values.reserveCapacity(count)
    element.forEach(in: bytes) { values.append($0) }
    return Matrix(rows: shape[0], columns: count / shape[0], values: values)
  }

  /// Whole numbers of one axis, labels for instance; throws `PictureError` for floats and other shapes.
  func integers() throws(PictureError) -> [Int] {
    try Self.checkIntegers(element, shape, path: path)
    var values: [Double] = []
    element.forEach(in: bytes) { values.append($0) }
    if let lost = values.first(where: { abs($0) > 0x1p53 }) {
      throw .malformed(path: path, problem: "the label \(lost) is beyond 2^53")
    }
    return values.map { Int($0) }
  }

  static func checkIntegers(_ element: Element, _ shape: [Int], path: String) throws(PictureError) {
    guard shape.count == 1, element != .float32, element != .float64 else {
      throw .malformed(
        path: path, problem: "labels are whole numbers of shape (N); it has '\(element.rawValue)' of shape \(shape)")
    }
  }
}
