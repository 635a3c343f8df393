// SPDX-License-Identifier: MIT

/// Points (count, dimension) in contiguous rows, in memory or in a file that may be larger than memory.
public struct PointSet: Sendable {
  /// How values are stored.
  public enum Scalar: String, Sendable, Hashable, CaseIterable {
    /// Unsigned bytes, such as pixels from 0 to 255.
    case bytes
    /// 32-bit floating point in the machine's byte order.
    case floats

    /// Bytes of a value.
    public var size: Int { self == .bytes ? 1 : 4 }
  }

  private enum Storage: Sendable {
    case bytes([UInt8])
    case floats([Float])
    case file(MappedFile)
  }

  /// Points, and values per point.
  public let count, dimension: Int
  /// How values are stored.
  public let scalar: Scalar
  private let storage: Storage

  /// Points in memory, row by row: `bytes` must fill whole rows.
  public init(bytes: [UInt8], dimension: Int) {
    precondition(dimension >= 1 && bytes.count % dimension == 0, "\(bytes.count) values in rows of \(dimension)")
    (count, self.dimension, scalar, storage) = (bytes.count / dimension, dimension, .bytes, .bytes(bytes))
  }

  /// Points in memory, row by row: `floats` must fill whole rows.
  public init(floats: [Float], dimension: Int) {
    precondition(dimension >= 1 && floats.count % dimension == 0, "\(floats.count) values in rows of \(dimension)")
    (count, self.dimension, scalar, storage) = (floats.count / dimension, dimension, .floats, .floats(floats))
  }

  /// The rows in a file from a byte offset on, such as behind the header of an npy file. The file must not shrink: then
  /// the process ends (see `MappedFile`).
  /// Errors: not readable, too short, or floats at an offset that is no multiple of 4.
  public init(mapping path: String, offset: Int, count: Int, dimension: Int, scalar: Scalar) throws {
    guard count >= 0, dimension >= 1, offset >= 0 else {
      throw NeighborError.shape("\(count) rows of \(dimension) values from byte \(offset) of \(path)")
    }
    guard offset % scalar.size == 0 else {
      throw NeighborError.file(path: path, reason: "floats start at byte \(offset), which is not a multiple of 4")
    }
    let file = try MappedFile(path: path, offset: offset, bytes: count * dimension * scalar.size)
    (self.count, self.dimension, self.scalar, storage) = (count, dimension, scalar, .file(file))
  }

  /// One row as double-precision values.
  public func row(_ index: Int) -> [Double] {
    precondition((0..<count).contains(index), "row \(index) of \(count)")
    return withRows { rows in (0..<dimension).map { rows.value(index, $0) } }
  }

  /// The first value that is infinite or not a number; cost of one pass over the floats.
  public func firstNonFinite() -> (row: Int, column: Int)? {
    guard scalar == .floats else { return nil }
    return withRows { rows in
      for row in 0..<count {
        let values = UnsafeBufferPointer(start: rows.floats(row), count: dimension)
        // A sum of zeros, unless a value is not finite: without a branch per value.
        guard values.reduce(Float(0), { $0 + $1 * 0 }) != 0 else { continue }
        if let column = values.firstIndex(where: { !$0.isFinite }) { return (row, column) }
      }
      return nil
    }
  }

  /// Calls `body` with the rows' memory, which lives as long as the call.
  func withRows<Result>(_ body: (PointRows) throws -> Result) rethrows -> Result {
    func call(_ base: UnsafeRawPointer?) throws -> Result {
      // Empty sets have no memory, and no row is asked of them.
      let base = base ?? UnsafeRawPointer(bitPattern: 64)!
      return try body(PointRows(base: base, count: count, dimension: dimension, scalar: scalar))
    }
    switch storage {
    case .bytes(let values): return try values.withUnsafeBytes { try call($0.baseAddress) }
    case .floats(let values): return try values.withUnsafeBytes { try call($0.baseAddress) }
    case .file(let file): return try withExtendedLifetime(file) { try call(file.base) }
    }
  }
}
