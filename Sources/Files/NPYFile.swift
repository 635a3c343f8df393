// SPDX-License-Identifier: MIT
internal import Foundation
public import Kernels

/// NumPy's array files, format 1.0: two-dimensional, C order, little endian.
///
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
public enum NPYFile {
  /// The element type of a file.
  public enum Element: String, Sendable, CaseIterable {
    case float64 = "<f8"
    case float32 = "<f4"
    case int64 = "<i8"
    case int32 = "<i4"

    var size: Int { self == .float64 || self == .int64 ? 8 : 4 }
  }

  /// Writes a matrix as an array of shape (rows, columns); values must be whole numbers in range for the integer types.
  public static func write(
    _ matrix: Matrix, to path: String, as element: Element = .float64
  ) throws(StoreError) {
    try AtomicFile.write(bytes(of: matrix, as: element), to: path)
  }

  /// The file's bytes.
  public static func bytes(of matrix: Matrix, as element: Element = .float64) -> [UInt8] {
    let header = NPYHeader(element: element, rows: matrix.rows, columns: matrix.columns).bytes
    return header + payload(matrix.values, element)
  }

  /// Reads an array of shape (rows, columns), or (rows) as one column, of any `Element` type.
  ///
  /// Throws `StoreError.corrupt` for other types (pickled objects among them), Fortran order, and a size that does not
  /// fit the shape.
  public static func read(_ path: String) throws(StoreError) -> Matrix {
    let bytes = try OpenFile.read(path)
    do throws(FormatProblem) {
      let (header, start) = try NPYHeader.parse(bytes)
      let (count, overflow) = header.rows.multipliedReportingOverflow(by: header.columns)
      let (size, sizeOverflow) = count.multipliedReportingOverflow(by: header.element.size)
      guard !overflow, !sizeOverflow, size == bytes.count - start else {
        let shape = "(\(header.rows), \(header.columns)) of \(header.element.rawValue)"
        throw FormatProblem("shape \(shape) does not fit \(bytes.count - start) bytes")
      }
      let values = try values(bytes, from: start, count: count, header.element)
      return Matrix(rows: header.rows, columns: header.columns, values: values)
    } catch {
      throw .corrupt(path: path, line: nil, problem: "not a readable npy file: \(error)")
    }
  }

  private static func payload(_ values: [Double], _ element: Element) -> [UInt8] {
    switch element {
    case .float64: Little.bytes(values.map(\.bitPattern))
    case .float32: Little.bytes(values.map { Float($0).bitPattern })
    case .int64: Little.bytes(values.map { Int64($0) })
    case .int32: Little.bytes(values.map { Int32($0) })
    }
  }

  private static func values(
    _ bytes: [UInt8], from start: Int, count: Int, _ element: Element
  ) throws(FormatProblem) -> [Double] {
    switch element {
    case .float64: return Little.integers(UInt64.self, bytes, from: start, count: count).map(Double.init(bitPattern:))
    case .float32:
      return Little.integers(UInt32.self, bytes, from: start, count: count).map { Double(Float(bitPattern: $0)) }
    case .int32: return Little.integers(Int32.self, bytes, from: start, count: count).map(Double.init)
    case .int64:
      let integers = Little.integers(Int64.self, bytes, from: start, count: count)
      guard let lost = integers.first(where: { $0.magnitude > 1 << 53 }) else { return integers.map(Double.init) }
      throw FormatProblem("the integer \(lost) is not exact as a double")
    }
  }
}
