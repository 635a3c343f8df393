// SPDX-License-Identifier: MIT
internal import Foundation
internal import Statistics

/// The expected squared distance from a new sample of an isotropic mixture to the nearest of M memorized ones.
///
/// K means uniform on the sphere of radius sqrt(d), equal weights, variance s. Given the sample x of component k, with
/// r = |x - mu_k|^2 / s ~ chi2_d and c the cosine between mu_k and x - mu_k, the M memorized points are independent and
///
///     E min = E_{r,c} Int_0^inf (1 - A(u))^M du,   A = (F_own(u; r) + (K - 1) F_other(u; |x|)) / K
///
/// F_own is the noncentral chi-square law s chi2_d(r); F_other averages s chi2_d(|x - mu'|^2 / s) over a mean mu'
/// uniform on the sphere, so neighbours across clusters count. The number of memorized points per cluster is thereby
/// Binomial(M, 1/K). The one approximation is that points of other clusters get means of their own (annealed means):
/// two points of one other cluster are treated as independent given x.
///
/// Accuracy: 2e-6 relative for d >= 5, 1e-6 for d >= 10 (a test doubles every rule); 1e-4 for d = 2, 1e-3 for d = 1,
/// where the integrands are not smooth. Cost: 10 to 30 ms to set up, 0.2 ms per M, at any N.
public struct NearestDistance: Sendable {
  private let components: Double
  private let variance: Double
  private let grid: LogGrid
  /// Weights of the outer nodes (r, c), sum 1.
  private let weights: [Double]
  /// log(1 - A) at [node of u][outer node].
  private let logSurvival: [[Double]]
  /// log(1 - F_own / K) at [node of u][node of r], with the weights of r.
  private let ownLogSurvival: [[Double]]
  private let ownWeights: [Double]

  /// Prepares for every M from 1 to `largestCount`; `refinement` multiplies the nodes of every rule.
  public init(dimension: Int, trueComponents: Int, variance: Double, largestCount: Int, refinement: Int = 1) {
    precondition(dimension >= 1 && trueComponents >= 1, "\(trueComponents) components in dimension \(dimension)")
    precondition(variance > 0 && variance.isFinite, "variance \(variance)")
    precondition(largestCount >= 1 && refinement >= 1, "\(largestCount) points, refinement \(refinement)")
    (components, self.variance) = (Double(trueComponents), variance)
    let radii = GaussQuadrature.chiSquared(Double(dimension), count: 14 * refinement)
    let cosines = GaussQuadrature.sphereCosine(dimension, count: trueComponents > 1 ? 6 * refinement : 1)
    let own = radii.nodes.map { NoncentralChiSquared(degrees: Double(dimension), noncentrality: $0) }
    let means = Double(dimension) / variance
    let norms = radii.nodes.flatMap { r in
      cosines.nodes.map { max(0, means + r + 2 * (means * r).squareRoot() * $0).squareRoot() }
    }
    let other =
      trueComponents > 1
      ? OtherClusters(
        dimension: dimension, squaredMean: means, range: (norms.min() ?? 0)...(norms.max() ?? 0),
        refinement: refinement) : nil
    let grid = Self.grid(own: own, other: other, dimension: dimension, count: largestCount, refinement: refinement)
    self.grid = grid
    let ownLaws = own.map { law in DistanceLaw(grid) { law.density(at: $0) } }
    let share = 1 / components
    ownWeights = radii.weights
    ownLogSurvival = (0..<grid.count).map { k in ownLaws.map { log1p(-$0.lower[k] * share) } }
    weights = radii.weights.flatMap { weight in cosines.weights.map { weight * $0 } }
    let logits = other?.logits(grid, norms: norms)
    logSurvival = (0..<grid.count).map { k in
      norms.indices.map { index in
        let law = ownLaws[index / cosines.nodes.count]
        guard let logits else { return Self.logSurvival(law.lower[k], law.upper[k]) }
        let odds = exp(logits[index][k])
        let (hit, missed) = (odds / (1 + odds) * (1 - share), (1 - share) / (1 + odds))
        return Self.logSurvival(law.lower[k] * share + hit, law.upper[k] * share + missed)
      }
    }
  }

  /// log(1 - A) from whichever tail is the smaller.
  private static func logSurvival(_ hit: Double, _ missed: Double) -> Double {
    hit < 0.5 ? log1p(-hit) : log(max(missed, 1e-300))
  }

  /// E min over M memorized points, 1 <= M <= the prepared count.
  public func expected(_ count: Double) -> Double {
    variance * integral(logSurvival, weights, count: count, floor: 0)
  }

  /// The same over memorized points of the sample's own cluster, given that there is one.
  public func expectedWithinCluster(_ count: Double) -> Double {
    let empty = components > 1 ? exp(count * log1p(-1 / components)) : 0
    return variance * integral(ownLogSurvival, ownWeights, count: count, floor: empty) / (1 - empty)
  }

  /// Int (E S^M - floor) du over the whole line of log u: below the grid S is 1, and the sum is geometric.
  private func integral(_ logs: [[Double]], _ weights: [Double], count: Double, floor: Double) -> Double {
    var sum = (1 - floor) * grid.node(0) / (exp(grid.step) - 1)
    for (k, row) in logs.enumerated() {
      var survival = 0.0
      for (weight, log) in zip(weights, row) where weight > 0 { survival += weight * exp(count * max(log, -800)) }
      sum += grid.node(k) * (survival - floor)
    }
    return grid.step * sum
  }

  /// Steps that resolve the sharpest survival function, from where no neighbour is to where all are.
  private static func grid(
    own: [NoncentralChiSquared], other: OtherClusters?, dimension: Int, count: Int, refinement: Int
  ) -> LogGrid {
    let d = Double(dimension)
    let slope = max(1, min(d / 2, (2 * log(Double(count)) + 2).squareRoot() * d.squareRoot() / 1.2))
    let step = 0.25 / slope / Double(refinement)
    func mass(_ k: Int) -> Double {
      let u = exp(Double(k) * step)
      return u * max(own.map { $0.density(at: u) }.max() ?? 0, other?.largestDensity(at: u) ?? 0)
    }
    let middle = Int((log(2 * d) / step).rounded())
    // A few nodes more at either end are cheaper than all laws at every node.
    let stride = 4
    var low = middle
    var typical: Double?
    while true {
      let expectedHits = Double(count) * mass(low)
      if expectedHits < 1, typical == nil { typical = exp(Double(low) * step) }
      if let typical, exp(Double(low) * step) * expectedHits < 1e-10 * typical { break }
      low -= stride
    }
    let beyond = other.map { Int((log($0.typicalDistance) / step).rounded()) } ?? middle
    var high = max(middle, beyond)
    while mass(high) > 1e-13 { high += stride }
    return LogGrid(low: Double(low) * step, step: step, count: high - low + 1)
  }
}
