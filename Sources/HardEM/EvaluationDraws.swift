// SPDX-License-Identifier: MIT
package import Kernels

/// The random numbers of the samples drawn from each mixture: normals for all M, components for each.
package struct EvaluationDraws: Sendable {
  /// z, (n, d): the same for every M.
  package let normals: Matrix
  /// |z|^2 of each draw.
  let squaredNorms: [Double]
  private let key: RandomKey

  package init(count: Int, dimension: Int, key: RandomKey) {
    let normals = key.child("normals").normalRows(count, dimension)
    self.normals = normals
    squaredNorms = (0..<count).map { normals.vector($0).squares }
    self.key = key.child("components")
  }

  var count: Int { normals.rows }

  /// The component of each draw from M equally likely ones; a stream of its own for each M.
  func components(of count: Int) -> [Int] { key.child(count).integers(normals.rows, below: count) }

  /// m_j + std z, (n, d).
  func samples(means: Matrix, std: Double) -> Matrix {
    Matrix(means.gathering(components(of: means.rows)) + std * normals)
  }
}
