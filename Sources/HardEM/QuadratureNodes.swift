// SPDX-License-Identifier: MIT
internal import Foundation

/// Nodes and weights (sum 1) of an expectation: the trapezoidal rule in a variable that is nearly normal, which
/// converges exponentially for smooth integrands and, unlike Gauss rules, keeps its spacing in the tails.
struct QuadratureNodes: Sendable {
  let values, weights: [Double]

  private init(values: [Double], density: [Double]) {
    let total = density.reduce(0, +)
    self.values = values
    weights = density.map { $0 / total }
  }

  /// N(0, 1) from -reach to reach.
  static func normal(step: Double, reach: Double) -> QuadratureNodes {
    let values = grid(step, reach)
    return QuadratureNodes(values: values, density: values.map { exp(-$0 * $0 / 2) })
  }

  /// Chi-squared with k >= 1 degrees of freedom, in Wilson and Hilferty's cube root x = k (1 - a + g sqrt a)^3,
  /// a = 2 / (9 k): `density = x^(k/2 - 1) e^(-x/2) dx/dg`.
  static func chiSquared(_ k: Double, step: Double, reach: Double) -> QuadratureNodes {
    let a = 2 / (9 * k)
    let roots = grid(step, reach).map { 1 - a + $0 * a.squareRoot() }.filter { $0 > 0 }
    let values = roots.map { k * $0 * $0 * $0 }
    // Relative to x = k, so that nothing overflows.
    let density = zip(values, roots).map { x, root in
      exp((k / 2 - 1) * log(x / k) - (x - k) / 2) * root * root
    }
    return QuadratureNodes(values: values, density: density)
  }

  private static func grid(_ step: Double, _ reach: Double) -> [Double] {
    let count = Int((reach / step).rounded())
    return (-count...count).map { Double($0) * step }
  }
}
