// SPDX-License-Identifier: MIT
internal import Foundation

/// Hard EM in high dimension without data: share of singletons, learned std and memorization ratio by quadrature.
///
/// Numbers in, numbers out; the derivation is in `Documentation/TheoryHardEM.md`. In short: k-means from M of N samples
/// hardly changes its first assignment, so that each left-out sample joins its nearest memorized one. With p(r) the
/// probability that a left-out sample picks a memorized one at distance r from its true mean (hubs: p falls with r),
///
///     share of singletons = E_r (1 - p)^(N-M)
///     std^2 = M/(N d) E_r [ E q/(q+1) delta + E q(q-1)/(2 (q+1)) eta ],   q ~ Binomial(N - M, p)
///     ratio = E_r (1 - p)^(N-M) P(no other sample within d1/criterion of x = x_j + std z)
///
/// delta is the mean squared distance from a picker to its pick, eta the one between two pickers of the same pick.
/// Against hard EM (d = 10..100, K = 1..12, N = 50..800, s = 1/4..4): half within 0.009 for d >= 30 (rms 0.003)
/// and 0.015 for d >= 10, end within 0.01, start within 0.021 (too early).
/// Not for M below about 4 K: then clusters without a memorized sample make the variance, and it is not of this form.
public struct HardEMApproximation: Sendable, Hashable {
  /// d >= 2.
  public let dimension: Int
  /// K.
  public let trueComponents: Int
  /// N.
  public let samples: Int
  /// sigma_*^2.
  public let variance: Double
  /// Memorized: d1 < criterion * d2.
  public let criterion: Double

  /// d >= 2, K >= 1, N >= 2, variance > 0, a criterion between 0 and 1; other values stop the program.
  public init(
    dimension: Int, trueComponents: Int, samples: Int, variance: Double = 1, criterion: Double = 1.0 / 3.0
  ) {
    precondition(dimension >= 2 && trueComponents >= 1 && samples >= 2, "(\(dimension), \(trueComponents), \(samples))")
    precondition(variance > 0 && variance.isFinite, "variance \(variance)")
    precondition(criterion > 0 && criterion < 1, "criterion \(criterion) is not between 0 and 1")
    (self.dimension, self.trueComponents, self.samples) = (dimension, trueComponents, samples)
    (self.variance, self.criterion) = (variance, criterion)
  }

  /// What hard EM is expected to give with M components.
  public struct Point: Sendable, Codable, Hashable {
    /// M, not necessarily whole.
    public let components: Double
    /// The share of components that hold one training sample.
    public let singletonShare: Double
    /// The standard deviation that training finds.
    public let learnedStd: Double
    /// The memorization ratio; samples of components that are no singletons count as not memorized.
    public let ratio: Double
  }

  /// The point at M components, 1 <= M <= N, about a millisecond for any N.
  public func point(components: Double) -> Point {
    precondition(components >= 1 && components <= Double(samples), "\(components) components, N = \(samples)")
    let picks = PickModel(self, components: components)
    let std = (components * picks.residual / Double(samples * dimension)).squareRoot()
    return Point(
      components: components, singletonShare: picks.singletonShare, learnedStd: std,
      ratio: picks.ratio(std: std))
  }

  /// M/N where the ratio reaches the level, to `tolerance`; nil where it does so below M = 1. About 10 points.
  ///
  /// Bisection to a sixteenth, then the Illinois rule (Dowell and Jarratt 1971), which keeps the bracket.
  public func crossing(of level: Double, tolerance: Double = 1e-4) -> Double? {
    precondition(level > 0 && level < 1, "level \(level)")
    var (low, high) = (1 / Double(samples), 1.0)
    // With M = N every sample is a singleton and std is 0: the ratio is 1.
    var (below, above) = (ratio(at: low) - level, 1 - level)
    guard below < 0 else { return nil }
    var last = 0
    while high - low > tolerance {
      let middle = high - low > 0.0625 ? (low + high) / 2 : (low * above - high * below) / (above - below)
      let excess = ratio(at: middle) - level
      // The end that stays twice is given less weight, so that both ends move.
      if excess < 0 {
        if middle - low < tolerance / 2 && last < 0 { return middle }
        (low, below) = (middle, excess)
        if last < 0 { above /= 2 }
        last = -1
      } else {
        if high - middle < tolerance / 2 && last > 0 { return middle }
        (high, above) = (middle, excess)
        if last > 0 { below /= 2 }
        last = 1
      }
    }
    return (low + high) / 2
  }

  /// M/N where samples of singletons begin to pass the test when d grows at fixed N: `1 - 2 c^2 / (1 - c^2)`.
  ///
  /// All squared distances are then 2 d s, the residual of a component of g samples is d s (g - 1), so that
  /// std^2 = s (1 - M/N), and d1 < c d2 reads std^2 (1 - c^2) < 2 c^2 s. 3/4 for the criterion 1/3; below 0 every M.
  /// It is M_pt/N where more than half of the components are singletons by then, as they are for c <= 1/3.
  public static func limit(criterion: Double) -> Double {
    1 - 2 * criterion * criterion / (1 - criterion * criterion)
  }

  private func ratio(at share: Double) -> Double {
    point(components: min(Double(samples), max(1, share * Double(samples)))).ratio
  }
}
