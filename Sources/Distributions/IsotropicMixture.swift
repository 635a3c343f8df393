// SPDX-License-Identifier: MIT
public import Kernels

/// A mixture of Gaussians with one shared variance: sum_k p_k N(mu^k, s I), section 2 of the paper.
public struct IsotropicMixture: Sendable, Equatable {
  /// mu^1..mu^K, shape (K, d).
  public let means: Matrix
  /// s, the variance of every coordinate of every component; 0 puts all mass on the means.
  public let variance: Double
  /// p_1..p_K, sum 1.
  public let weights: [Double]

  /// d.
  public var dimension: Int { means.columns }
  /// K.
  public var componentCount: Int { means.rows }

  /// `weights` are normalized to sum 1; nil means equal weights.
  public init(means: Matrix, variance: Double, weights: [Double]? = nil) {
    precondition(means.rows > 0 && means.columns > 0, "means of shape (\(means.rows), \(means.columns))")
    precondition(variance >= 0 && variance.isFinite, "variance \(variance)")
    self.means = means
    self.variance = variance
    self.weights = ComponentLaw.normalized(weights, count: means.rows)
  }

  /// Draws samples (count, d) and the components they came from.
  ///
  /// Sample i depends on the key and i alone, so a larger draw begins with a smaller one.
  public func sample(_ count: Int, key: RandomKey) -> (samples: Matrix, labels: [Int]) {
    let labels = ComponentLaw.labels(count, weights: weights, key: key.child("labels"))
    let noise = key.child("noise").normalRows(count, dimension)
    return (Matrix(means.gathering(labels) + variance.squareRoot() * noise), labels)
  }
}
