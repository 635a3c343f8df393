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

  public var dimension: Int { means.columns }
  public var componentCount: Int { means.rows }

  /// `weights` are normalized to sum 1; nil means equal weights.
  public init(means: Matrix, variance: Double, weights: [Double]? = nil) {
    precondition(means.rows > 0 && means.columns > 0, "means of shape (\(means.rows), \(means.columns))")
    precondition(variance >= 0 && variance.isFinite, "variance \(variance)")
    let given = weights ?? Array(repeating: 1, count: means.rows)
    precondition(given.count == means.rows, "\(given.count) weights for \(means.rows) components")
    let total = given.reduce(0, +)
    precondition(given.allSatisfy { $0 >= 0 } && total > 0 && total.isFinite, "weights \(given)")
    self.means = means
    self.variance = variance
    self.weights = given.map { $0 / total }
  }

  /// Draws samples (count, d) and the components they came from.
  ///
  /// Sample i depends on the key and i alone, so a larger draw begins with a smaller one.
  public func sample(_ count: Int, key: RandomKey) -> (samples: Matrix, labels: [Int]) {
    let labels = (0..<count).map { component(at: key.child("labels").child($0).uniforms(1)[0]) }
    let noise = key.child("noise").normalRows(count, dimension)
    return (means.gathering(labels).combined(1, noise, variance.squareRoot()), labels)
  }

  /// The component whose interval of cumulative weight holds `point` in [0, 1).
  private func component(at point: Double) -> Int {
    var (cumulative, last) = (0.0, 0)
    for (index, weight) in weights.enumerated() where weight > 0 {
      cumulative += weight
      last = index
      if point < cumulative { break }
    }
    // Rounding may leave the sum of the weights a few ulps below 1: the rest belongs to the last component.
    return last
  }
}
