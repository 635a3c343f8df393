// SPDX-License-Identifier: MIT
public import Kernels

/// A mixture of Gaussians with factored covariances: sum_k p_k N(mu^k, A_k A_k^T), equations (11), (12).
///
/// The covariances may be singular: a component lives on mu^k + span(A_k).
public struct LowRankMixture: Sendable, Equatable {
  /// mu^1..mu^K, shape (K, d).
  public let means: Matrix
  /// A_1..A_K, each of shape (d, r_k).
  public let factors: [Matrix]
  /// p_1..p_K, sum 1.
  public let weights: [Double]

  /// d.
  public var dimension: Int { means.columns }
  /// K.
  public var componentCount: Int { means.rows }

  /// `weights` are normalized to sum 1; nil means equal weights.
  public init(means: Matrix, factors: [Matrix], weights: [Double]? = nil) {
    precondition(means.rows > 0 && means.columns > 0, "means of shape (\(means.rows), \(means.columns))")
    precondition(factors.count == means.rows, "\(factors.count) factors for \(means.rows) components")
    precondition(factors.allSatisfy { $0.rows == means.columns }, "factors of other dimension than \(means.columns)")
    self.means = means
    self.factors = factors
    self.weights = ComponentLaw.normalized(weights, count: means.rows)
  }

  /// Full covariances Sigma_k, each (d, d), symmetric and positive semidefinite: A_k = U sqrt(S), Sigma_k = U S U^T.
  public init(means: Matrix, covariances: [Matrix], weights: [Double]? = nil) {
    let factors = covariances.map { covariance in
      precondition(covariance.isSymmetric, "a covariance that is not symmetric")
      let basis = SingularBasis(columnsOf: covariance)
      var factor = Matrix(rows: covariance.rows, columns: basis.values.count)
      for (column, value) in basis.values.enumerated() {
        for row in 0..<factor.rows { factor[row, column] = value.squareRoot() * basis.directions[column, row] }
      }
      return factor
    }
    self.init(means: means, factors: factors, weights: weights)
  }

  /// Spherical components of variances s_k: A_k = sqrt(s_k) I.
  public init(means: Matrix, variances: [Double], weights: [Double]? = nil) {
    precondition(variances.allSatisfy { $0 >= 0 && $0.isFinite }, "variances \(variances)")
    let factors = variances.map { variance in
      var factor = Matrix(rows: means.columns, columns: means.columns)
      for index in 0..<means.columns { factor[index, index] = variance.squareRoot() }
      return factor
    }
    self.init(means: means, factors: factors, weights: weights)
  }

  /// Draws samples mu^k + A_k z, z ~ N(0, I), shape (count, d), and the components k they came from.
  ///
  /// Sample i depends on the key and i alone, so a larger draw begins with a smaller one.
  public func sample(_ count: Int, key: RandomKey) -> (samples: Matrix, labels: [Int]) {
    let labels = ComponentLaw.labels(count, weights: weights, key: key.child("labels"))
    var samples = means.gathering(labels)
    for (row, label) in labels.enumerated() {
      let factor = factors[label]
      let normals = Vector(key.child("noise").child(row).normals(factor.columns))
      for k in 0..<dimension { samples[row, k] += factor.vector(k).dot(normals) }
    }
    return (samples, labels)
  }
}

extension Matrix {
  /// Equal to its transpose within rounding.
  fileprivate var isSymmetric: Bool {
    let scale = values.map(abs).max() ?? 0
    return rows == columns
      && (0..<rows).allSatisfy { i in (0..<i).allSatisfy { abs(self[i, $0] - self[$0, i]) <= 1e-12 * scale } }
  }
}
