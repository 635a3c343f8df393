// SPDX-License-Identifier: MIT

/// Orthonormal directions and singular values of the columns of a matrix: A A^T = sum_l S_l^2 u_l u_l^T.
///
/// One-sided Jacobi rotations (Hestenes 1958; Demmel and Veselic 1992): each singular value is found to its own
/// relative accuracy, which a factorization of A^T A cannot do. Directions with S_l <= 1e-14 max S are left out.
/// The order is that of falling singular values. Cost: about ten sweeps of r^2 d operations.
public struct SingularBasis: Sendable, Equatable {
  /// u_1.., one per row, shape (rank, d).
  public let directions: Matrix
  /// S_1 >= S_2 >= .. > 0.
  public let values: [Double]

  /// `factor` is A, shape (d, r), finite.
  public init(columnsOf factor: Matrix) {
    precondition(factor.values.allSatisfy(\.isFinite), "a factor that is not finite")
    var columns = (0..<factor.columns).map { column in (0..<factor.rows).map { factor[$0, column] } }
    for _ in 0..<60 where !Self.sweep(&columns) { break }
    let norms = columns.map { Self.dot($0, $0).squareRoot() }
    let limit = 1e-14 * (norms.max() ?? 0)
    let kept = norms.indices.filter { norms[$0] > limit }.sorted { (norms[$0], $1) > (norms[$1], $0) }
    values = kept.map { norms[$0] }
    directions = Matrix(
      rows: kept.count, columns: factor.rows, values: kept.flatMap { index in columns[index].map { $0 / norms[index] } }
    )
  }

  /// Makes every pair of columns orthogonal once; false when all were already.
  private static func sweep(_ columns: inout [[Double]]) -> Bool {
    var rotated = false
    for i in columns.indices {
      for j in columns.indices where j > i {
        let (a, b, c) = (dot(columns[i], columns[i]), dot(columns[j], columns[j]), dot(columns[i], columns[j]))
        if abs(c) <= 1e-16 * (a * b).squareRoot() || c == 0 { continue }
        rotated = true
        let zeta = (b - a) / (2 * c)
        let tangent = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        rotate(&columns, i, j, cosine, cosine * tangent)
      }
    }
    return rotated
  }

  private static func rotate(_ columns: inout [[Double]], _ i: Int, _ j: Int, _ cosine: Double, _ sine: Double) {
    for k in columns[i].indices {
      let (x, y) = (columns[i][k], columns[j][k])
      columns[i][k] = cosine * x - sine * y
      columns[j][k] = sine * x + cosine * y
    }
  }

  private static func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
}
