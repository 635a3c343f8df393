// SPDX-License-Identifier: MIT
internal import Foundation
internal import Statistics

/// Which memorized sample a left-out sample joins: the quadratures of `HardEMApproximation` at one M.
struct PickModel {
  private let d, clusters, components, leftOut, s, criterion: Double
  /// Squared distance r^2 of a memorized sample from its true mean, s chi^2_d.
  private let norms: QuadratureNodes
  /// p(r), of sum M E p = 1; delta(r) and eta(r).
  private var picks: [Double] = []
  private var toPick: [Double] = []
  private var betweenPickers: [Double] = []

  init(_ setting: HardEMApproximation, components: Double) {
    (d, clusters) = (Double(setting.dimension), Double(setting.trueComponents))
    (self.components, leftOut) = (components, Double(setting.samples) - components)
    (s, criterion) = (setting.variance, setting.criterion)
    norms = QuadratureNodes.chiSquared(d, step: 0.75, reach: 6)
    for norm in norms.values { integrate(norm * s) }
    // M E p is 1 by definition and within 0.1 of it here: the rest is the error of treating distances as independent.
    let total = components * expectation(picks)
    picks = picks.map { min(1, $0 / total) }
  }

  private func expectation(_ values: [Double]) -> Double {
    zip(norms.weights, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  var singletonShare: Double { expectation(picks.map(alone)) }

  /// (1 - p)^(N-M).
  private func alone(_ pick: Double) -> Double { pick < 1 ? exp(leftOut * log1p(-pick)) : 0 }

  /// The expected sum of squared residuals of one component.
  var residual: Double {
    expectation(
      picks.indices.map { index in
        let expected = leftOut * picks[index]
        // E 1/(q+1) of a binomial q, in closed form.
        let inverse =
          picks[index] > 0
          ? -expm1((leftOut + 1) * log1p(-min(picks[index], 1 - 1e-12))) / ((leftOut + 1) * picks[index]) : 1
        return (1 - inverse) * toPick[index] + max(0, expected - 2 + 2 * inverse) / 2 * betweenPickers[index]
      })
  }

  // MARK: Picking

  /// p, delta, eta for a memorized sample with |x_j - mu|^2 = norm: pickers of the same cluster and of others, whose
  /// means, on the sphere of radius sqrt d, lie at squared distance 2 d + norm + 2 sqrt(d + norm) N(0, 1) from it.
  private mutating func integrate(_ norm: Double) {
    var sums = PickSums()
    add(to: &sums, distance: norm.squareRoot(), weight: 1 / clusters, nodes: Self.fine(d))
    if clusters > 1 {
      let directions = QuadratureNodes.normal(step: 1.2, reach: 2.4)
      let nodes = Self.coarse(d)
      for (value, weight) in zip(directions.values, directions.weights) {
        let square = max(1e-9, 2 * d + norm + 2 * (d + norm).squareRoot() * value)
        add(to: &sums, distance: square.squareRoot(), weight: (1 - 1 / clusters) * weight, nodes: nodes)
      }
    }
    picks.append(sums.probability)
    toPick.append(sums.probability > 0 ? sums.distance / sums.probability : 0)
    betweenPickers.append(sums.probability > 0 ? sums.between / sums.probability : 0)
  }

  private typealias Nodes = (along: QuadratureNodes, across: QuadratureNodes)
  private static func fine(_ d: Double) -> Nodes {
    (.normal(step: 0.35, reach: 7), .chiSquared(d - 1, step: 1, reach: 4))
  }
  private static func coarse(_ d: Double) -> Nodes {
    (.normal(step: 0.5, reach: 7), .chiSquared(d - 1, step: 1.5, reach: 3))
  }

  /// A picker is sqrt s (c, rest) about its mean, c along the direction to x_j, `distance` away from that mean:
  /// D = (c - distance)^2 + rest, its own norm c^2 + rest. It picks x_j if no other memorized sample is nearer.
  private func add(to sums: inout PickSums, distance: Double, weight: Double, nodes: Nodes) {
    var (probability, square, first, second, rests) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (g, gWeight) in zip(nodes.along.values, nodes.along.weights) {
      let along = g * s.squareRoot()
      for (q, qWeight) in zip(nodes.across.values, nodes.across.weights) {
        let rest = q * s
        let reach = (along - distance) * (along - distance) + rest
        let picked =
          weight * gWeight * qWeight * nobody(nearer: reach, norm: along * along + rest, among: components - 1)
        probability += picked
        square += picked * reach
        first += picked * along
        second += picked * along * along
        rests += picked * rest
      }
    }
    guard probability > 0 else { return }
    sums.probability += probability
    sums.distance += square
    // Two pickers share the direction of their pick and nothing else: 2 Var(c) + 2 E rest.
    sums.between += 2 * (second - first * first / probability) + 2 * rests
  }

  /// (1 - F)^count: no other of `count` random samples within the squared distance of a point with this norm.
  private func nobody(nearer reach: Double, norm: Double, among count: Double) -> Double {
    exp(count * log1p(-min(cumulative(reach, norm: norm), 1 - 1e-15)))
  }

  /// F: a random sample of the mixture lies within squared distance `reach` of a point at squared distance `norm`
  /// from its own mean. Another cluster's sample is nearly N(0, (1 + s) I), the point's |x|^2 nearly d + norm.
  private func cumulative(_ reach: Double, norm: Double) -> Double {
    let same = NoncentralChiSquared(degrees: d, noncentrality: norm / s).approximateCumulative(reach / s)
    guard clusters > 1 else { return same }
    let other = NoncentralChiSquared(degrees: d, noncentrality: (d + norm) / (1 + s))
      .approximateCumulative(reach / (1 + s))
    return same / clusters + (1 - 1 / clusters) * other
  }

  // MARK: The test

  /// E over singletons x_j and z of the probability that x = x_j + std z passes.
  func ratio(std: Double) -> Double {
    let along = QuadratureNodes.normal(step: 1, reach: 5)
    let across = QuadratureNodes.chiSquared(d - 1, step: 1, reach: 5)
    var passing = [Double](repeating: 0, count: norms.values.count)
    for (index, norm) in norms.values.enumerated() where alone(picks[index]) > 1e-12 {
      for (g, gWeight) in zip(along.values, along.weights) {
        for (q, qWeight) in zip(across.values, across.weights) {
          let own = std * std * (g * g + q)
          let square = norm * s + 2 * (norm * s).squareRoot() * std * g + own
          passing[index] += gWeight * qWeight * clear(own / (criterion * criterion), norm: square, picks[index])
        }
      }
      passing[index] *= alone(picks[index])
    }
    return expectation(passing)
  }

  /// No sample but x_j within squared distance `reach` of x. Left-out samples are known not to have picked x_j:
  /// of those within reach, the share that would have picked it, (1 - (1 - F)^M) / M in all, is missing.
  private func clear(_ reach: Double, norm: Double, _ pick: Double) -> Double {
    let inside = min(cumulative(reach, norm: norm), 1 - 1e-15)
    let pickers = -expm1(components * log1p(-inside)) / components
    let loose = min(1 - 1e-15, max(0, inside - pickers) / max(1 - pick, 1e-12))
    return exp((components - 1) * log1p(-inside) + leftOut * log1p(-loose))
  }
}

/// Sums over pickers of one memorized sample.
private struct PickSums {
  var probability = 0.0
  /// Sum of probability times squared distance to the pick, and between two pickers.
  var distance = 0.0
  var between = 0.0
}
