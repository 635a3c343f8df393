// SPDX-License-Identifier: MIT
package import Kernels

/// What the curve of one data set shares among all M: distances between samples, products with the normals.
package struct PairTables: Sendable {
  /// N.
  let samples: Int
  /// |x^i - x^k|^2, (N, N), by direct differences: exactly 0 on the diagonal and for duplicates.
  let distances: [Double]
  /// z_i . x^k, (n, N).
  let products: [Double]

  package init(_ samples: Matrix, normals: Matrix, workers: Workers) {
    let packed = PackedRows(samples)
    self.samples = samples.rows
    distances = packed.table(samples, .squaredDistance, workers: workers)
    products = packed.table(normals, .product, workers: workers)
  }

  /// 2,048 samples take 32 MB of distances; with 2,000 normals the products take as much.
  static func fit(samples: Int, draws: Int) -> Bool { samples <= 2048 && samples * draws <= 1 << 24 }
}
