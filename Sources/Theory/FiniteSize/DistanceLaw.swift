// SPDX-License-Identifier: MIT
internal import Foundation
internal import Statistics

/// The law of a squared distance on a logarithmic grid: lower and upper tail at every node, each summed from its own
/// end, so that both keep their relative accuracy. Nearest neighbours live in the lower one.
///
/// Nodes u_k = scale e^(k h). The mass of a step comes from the densities at the six nodes around it (the integral of
/// their interpolating polynomial); for a tail of logarithmic slope a its relative error is (191/60480) (a h)^6.
package struct DistanceLaw: Sendable {
  /// P(D <= u_k) and P(D > u_k).
  package let lower, upper: [Double]

  /// `density` is that of D at u. The grid must hold all of the law but what its user may neglect.
  package init(_ grid: LogGrid, density: (Double) -> Double) {
    let values = (-2..<grid.count + 2).map { k in
      let u = grid.node(k)
      return grid.step * u * density(u)
    }
    let masses = (0..<max(grid.count - 1, 0)).map { k in
      let outer = 11 * (values[k] + values[k + 5]) - 93 * (values[k + 1] + values[k + 4])
      // The polynomial may dip below 0 where the law ends.
      return max(0, (outer + 802 * (values[k + 2] + values[k + 3])) / 1440)
    }
    var lower = [0.0]
    for mass in masses { lower.append(lower[lower.count - 1] + mass) }
    var upper = [0.0]
    for mass in masses.reversed() { upper.append(upper[upper.count - 1] + mass) }
    (self.lower, self.upper) = (lower.map { min($0, 1) }, upper.reversed().map { min($0, 1) })
  }
}

/// u_k = e^(low + k step), k in 0..<count.
package struct LogGrid: Sendable, Hashable {
  package let low: Double
  package let step: Double
  package let count: Int

  package init(low: Double, step: Double, count: Int) {
    (self.low, self.step, self.count) = (low, step, count)
  }

  func logarithm(_ k: Int) -> Double { low + Double(k) * step }
  func node(_ k: Int) -> Double { exp(logarithm(k)) }
}

extension LogGrid {
  /// A grid on which the nearest of `count` points is resolved under the law chi2_d(lambda) of squared distances.
  static func nearest(_ law: NoncentralChiSquared, count: Double) -> LogGrid {
    let slope = max(1, min(law.degrees / 2, (2 * log(count) + 2).squareRoot() * law.degrees.squareRoot() / 1.2))
    let step = 0.35 / slope
    let middle = Int((log(law.degrees + law.noncentrality) / step).rounded())
    func mass(_ k: Int) -> Double { law.density(at: exp(Double(k) * step)) * exp(Double(k) * step) }
    var (low, high) = (middle, middle)
    // A few nodes more at either end are cheaper than a density at every node.
    while mass(low) * count > 1e-10 { low -= 4 }
    while mass(high) > 1e-12 { high += 4 }
    return LogGrid(low: Double(low) * step, step: step, count: high - low + 1)
  }
}
