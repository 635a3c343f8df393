// SPDX-License-Identifier: MIT
public import Kernels
internal import Neighbors

/// Points (count, dimension) in double precision, in memory or in a file that may be larger than memory.
public struct DoublePoints: Sendable {
  private enum Storage: Sendable {
    case matrix(Matrix)
    case file(MappedFile)
  }

  /// Rows, and values per row.
  public let count, dimension: Int
  private let storage: Storage

  /// Points in memory, one per row.
  public init(_ matrix: Matrix) {
    (count, dimension, storage) = (matrix.rows, matrix.columns, .matrix(matrix))
  }

  /// The rows in a file from a byte offset on, which must be a multiple of 8; the file must not shrink.
  /// Throws `NeighborError`: not readable, or too short.
  public init(mapping path: String, offset: Int, count: Int, dimension: Int) throws {
    guard offset % 8 == 0 else {
      throw NeighborError.file(path: path, reason: "doubles start at byte \(offset), which is not a multiple of 8")
    }
    (self.count, self.dimension) = (count, dimension)
    storage = .file(try MappedFile(path: path, offset: offset, bytes: count * dimension * 8))
  }

  /// Calls `body` with the values' memory, which lives as long as the call.
  func withValues<Result>(_ body: (Values) throws -> Result) rethrows -> Result {
    switch storage {
    case .matrix(let matrix):
      try matrix.values.withUnsafeBufferPointer {
        try body(Values(base: $0.baseAddress ?? UnsafePointer(bitPattern: 64)!, dimension: dimension))
      }
    case .file(let file):
      try withExtendedLifetime(file) {
        try body(Values(base: file.base.assumingMemoryBound(to: Double.self), dimension: dimension))
      }
    }
  }

  /// The values while the points are borrowed. Unchecked: nobody writes to them.
  struct Values: @unchecked Sendable {
    let base: UnsafePointer<Double>
    let dimension: Int

    func row(_ index: Int) -> UnsafeBufferPointer<Double> {
      UnsafeBufferPointer(start: base + index * dimension, count: dimension)
    }
  }
}
