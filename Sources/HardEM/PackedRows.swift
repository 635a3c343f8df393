// SPDX-License-Identifier: MIT
internal import CKernels
package import Kernels

/// Rows in the layout of the distance kernels: blocks of 32, coordinates outermost.
package struct PackedRows: Sendable {
  let rows: Int
  let columns: Int
  private let values: [Double]

  package init(_ matrix: Matrix) {
    (rows, columns) = (matrix.rows, matrix.columns)
    let (count, dimension) = (Int64(matrix.rows), Int64(matrix.columns))
    let packed = Int(vb_nearest_packed_count(count, dimension))
    values = Array(unsafeUninitializedCapacity: packed) { buffer, initialized in
      if let base = buffer.baseAddress { vb_nearest_pack(matrix.values, count, dimension, base) }
      initialized = packed
    }
  }

  /// Replaces best (squared distance) and index of each point, `points` row-major, where a row is strictly nearer.
  package func assign(_ points: [Double], best: inout [Double], index: inout [Int32]) {
    precondition(points.count == best.count * columns && index.count == best.count, "\(points.count) coordinates")
    vb_assign(points, Int64(best.count), values, Int64(rows), Int64(columns), &best, &index)
  }

  package enum Pairing { case squaredDistance, product }

  /// The table of all points (n, d) against these rows: (n, rows), its values in one array.
  package func table(_ points: Matrix, _ pairing: Pairing, workers: Workers) -> [Double] {
    let (blockSize, columns, rows, values) = (64, columns, rows, values)
    let blocks = workers.map((points.rows + blockSize - 1) / blockSize) { block in
      let part = block * blockSize..<min((block + 1) * blockSize, points.rows)
      let coordinates = Array(points.values[part.lowerBound * columns..<part.upperBound * columns])
      return [Double](unsafeUninitializedCapacity: part.count * rows) { out, initialized in
        let call = pairing == .product ? vb_product_rows : vb_distance_rows
        call(coordinates, Int64(part.count), values, Int64(rows), Int64(columns), out.baseAddress, Int64(rows))
        initialized = part.count * rows
      }
    }
    return blocks.flatMap { $0 }
  }
}
