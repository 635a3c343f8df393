// SPDX-License-Identifier: MIT
internal import CKernels
public import Kernels

/// The nearest and second-nearest reference point of one point, Euclidean distances d1 <= d2.
public struct NearestTwo: Sendable, Hashable {
  /// Distances in the units of the coordinates.
  public let d1, d2: Double
  /// Rows of the reference; the lowest index first among equal distances.
  public let index1, index2: Int

  /// Distances and rows that are known already; `search` finds them.
  public init(d1: Double, d2: Double, index1: Int, index2: Int) {
    (self.d1, self.d2, self.index1, self.index2) = (d1, d2, index1, index2)
  }

  /// The two nearest rows of `reference` (N, d), N >= 2, for each row of `points` (n, d).
  ///
  /// Differences are squared and summed in double precision in the order of the coordinates: a copy has
  /// distance exactly 0. A point that is not finite has d1 = d2 = infinity. Cost O(n N d).
  public static func search(
    _ points: Matrix, in reference: Matrix, workers: Workers = .serial
  ) -> [NearestTwo] {
    precondition(reference.rows >= 2, "a reference of \(reference.rows) points has no second-nearest point")
    precondition(
      points.columns == reference.columns, "points of \(points.columns) coordinates, reference of \(reference.columns)")
    let packed = pack(reference)
    // 256 points per task: their distances and indices fit the cache, and tasks stay above 0.1 ms.
    let blockSize = 256
    let blocks = workers.map((points.rows + blockSize - 1) / blockSize) { block in
      let rows = block * blockSize..<min((block + 1) * blockSize, points.rows)
      return search(points, rows: rows, packed: packed, references: reference.rows)
    }
    return blocks.flatMap { $0 }
  }

  private static func pack(_ reference: Matrix) -> [Double] {
    let (count, dimension) = (Int64(reference.rows), Int64(reference.columns))
    let packedCount = Int(vb_nearest_packed_count(count, dimension))
    return Array(unsafeUninitializedCapacity: packedCount) { buffer, initialized in
      if let base = buffer.baseAddress { vb_nearest_pack(reference.values, count, dimension, base) }
      initialized = packedCount
    }
  }

  private static func search(
    _ points: Matrix, rows: Range<Int>, packed: [Double], references: Int
  ) -> [NearestTwo] {
    var distances = [Double](repeating: 0, count: 2 * rows.count)
    var indices = [Int32](repeating: 0, count: 2 * rows.count)
    points.values[rows.lowerBound * points.columns..<rows.upperBound * points.columns].withUnsafeBufferPointer {
      vb_nearest_two(
        $0.baseAddress, Int64(rows.count), packed, Int64(references), Int64(points.columns), &distances, &indices)
    }
    return rows.indices.map { row in
      let at = 2 * (row - rows.lowerBound)
      return NearestTwo(
        d1: distances[at], d2: distances[at + 1], index1: Int(indices[at]), index2: Int(indices[at + 1]))
    }
  }
}
