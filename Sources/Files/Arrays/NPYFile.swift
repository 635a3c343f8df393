// SPDX-License-Identifier: MIT
public import Kernels

/// Matrices in NumPy's array files: written in format 1.0, C order, little endian.
public enum NPYFile {
  /// What a value may be stored as.
  public typealias Element = NPYElement

  /// Writes a matrix as an array of shape (rows, columns); values must be whole numbers in range for the integer types.
  public static func write(
    _ matrix: Matrix, to path: String, as element: Element = .float64
  ) throws(StoreError) {
    try AtomicFile.write(bytes(of: matrix, as: element), to: path)
  }

  /// The file's bytes.
  public static func bytes(of matrix: Matrix, as element: Element = .float64) -> [UInt8] {
    NPYHeader.bytes(element, rows: matrix.rows, columns: matrix.columns) + element.bytes(matrix.values)
  }

  /// Reads an array of shape (rows, columns), or (rows) as one column, of any `Element` type.
  ///
  /// Throws `StoreError.corrupt` for other types (pickled objects among them), Fortran order, and a size that does not
  /// fit the shape.
  public static func read(_ path: String) throws(StoreError) -> Matrix {
    let bytes = try OpenFile.read(path)
    do throws(FormatProblem) {
      return try matrix(bytes)
    } catch {
      throw .corrupt(path: path, line: nil, problem: "not a readable npy file: \(error)")
    }
  }

  private static func matrix(_ bytes: [UInt8]) throws(FormatProblem) -> Matrix {
    var read = 0
    let header = try NPYHeader(
      next: { count throws(FormatProblem) in
        guard read + count <= bytes.count else { throw FormatProblem("the header is cut off") }
        defer { read += count }
        return Array(bytes[read..<read + count])
      }, failure: FormatProblem.init)
    let (element, shape, data) = (header.element, header.shape, Array(bytes[header.length...]))
    guard (1...2).contains(shape.count) else {
      throw FormatProblem("its shape has \(shape.count) dimensions, not 1 or 2")
    }
    let (rows, columns) = (shape[0], shape.count == 2 ? shape[1] : 1)
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    let (size, sizeOverflow) = count.multipliedReportingOverflow(by: element.size)
    guard !overflow, !sizeOverflow, size == data.count else {
      throw FormatProblem("shape (\(rows), \(columns)) of \(element.rawValue) does not fit \(data.count) bytes")
    }
    if element == .int64,
      let lost = LittleEndian.integers(Int64.self, data, from: 0, count: count).first(where: { $0.magnitude > 1 << 53 })
    {
      throw FormatProblem("the integer \(lost) is not exact as a double")
    }
    var values: [Double] = []
    values.reserveCapacity(count)
    element.forEach(in: data) { values.append($0) }
    return Matrix(rows: rows, columns: columns, values: values)
  }
}
