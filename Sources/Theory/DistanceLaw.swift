// SPDX-License-Identifier: MIT
internal import Foundation

/// The law of a squared distance on a logarithmic grid: the distribution function at every node, kept relatively
/// accurate in its lower tail, where nearest neighbours live.
///
/// Nodes u_k = scale e^(k h). The distribution function is accumulated from the density by three-point Gauss rules on
/// each step (error per step about (slope h)^7, slope the logarithmic slope of the tail).
struct DistanceLaw: Sendable {
  /// Gauss-Legendre on [0, 1].
  private static let rule: [(node: Double, weight: Double)] = [
    ((1 - 0.6.squareRoot()) / 2, 5.0 / 18), (0.5, 8.0 / 18), ((1 + 0.6.squareRoot()) / 2, 5.0 / 18),
  ]

  /// P(D <= u_k) for every node of `grid`; `density` is that of D at u.
  static func cumulative(_ grid: LogGrid, density: (Double) -> Double) -> [Double] {
    var sum = 0.0
    // Below the grid the tail falls like u^(d/2) at least: its mass is that of a geometric continuation, negligible
    // by the choice of the grid's lower end.
    return (0..<grid.count).map { k in
      if k > 0 {
        let base = grid.logarithm(k - 1)
        for (node, weight) in rule {
          let u = exp(base + node * grid.step)
          sum += weight * grid.step * u * density(u)
        }
      }
      return sum
    }
  }
}

/// u_k = e^(low + k step), k in 0..<count.
struct LogGrid: Sendable, Hashable {
  let low: Double
  let step: Double
  let count: Int

  func logarithm(_ k: Int) -> Double { low + Double(k) * step }
  func node(_ k: Int) -> Double { exp(logarithm(k)) }
}

extension LogGrid {
  /// A grid on which the nearest of `count` points is resolved under the law chi2_d(lambda) of squared distances.
  static func nearest(_ law: NoncentralChiSquared, count: Double) -> LogGrid {
    let slope = max(1, min(law.degrees / 2, (2 * log(count) + 2).squareRoot() * law.degrees.squareRoot() / 1.2))
    let step = 0.35 / slope
    let middle = Int((log(law.degrees + law.noncentrality) / step).rounded())
    func mass(_ k: Int) -> Double { law.densities(at: exp(Double(k) * step)).same * exp(Double(k) * step) }
    var (low, high) = (middle, middle)
    while mass(low) * count > 1e-10 { low -= 1 }
    while mass(high) > 1e-12 { high += 1 }
    return LogGrid(low: Double(low) * step, step: step, count: high - low + 1)
  }
}
