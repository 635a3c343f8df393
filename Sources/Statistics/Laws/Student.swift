// SPDX-License-Identifier: MIT
internal import Foundation

/// Quantiles of Student's law.
package enum Student {
  /// t with P(T <= t) = probability, T of n >= 1 degrees of freedom, 0 < probability < 1; relative error below 1e-12.
  ///
  /// Bisection on `P(T > t) = I_x(n/2, 1/2) / 2`, x = n / (n + t^2); Abramowitz and Stegun 26.7.1, 26.5.27.
  package static func quantile(_ probability: Double, degreesOfFreedom n: Int) -> Double {
    precondition(n > 0, "no t quantile for \(n) degrees of freedom")
    precondition(probability > 0 && probability < 1, "probability \(probability)")
    if probability < 0.5 { return -quantile(1 - probability, degreesOfFreedom: n) }
    if probability == 0.5 { return 0 }
    let freedom = Double(n)
    func isBelow(_ t: Double) -> Bool {
      IncompleteBeta.lower(freedom / (freedom + t * t), freedom / 2, 0.5) / 2 > 1 - probability
    }
    var (low, high) = (0.0, 1.0)
    while isBelow(high) { (low, high) = (high, 2 * high) }
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return middle }
      if isBelow(middle) { low = middle } else { high = middle }
    }
  }

  /// t_{0.975} as tables print it: to `decimals` places up to 30 degrees of freedom, beyond by Abramowitz and Stegun
  /// 26.7.5 (two terms, error below 1e-4).
  ///
  /// Published intervals were computed with these digits, and computing them again must give the same ones.
  package static func tabulated(degreesOfFreedom: Int, decimals: Int) -> Double {
    precondition(degreesOfFreedom > 0, "no t quantile for \(degreesOfFreedom) degrees of freedom")
    guard degreesOfFreedom > exact.count else {
      let unit = pow(10, Double(decimals))
      return (exact[degreesOfFreedom - 1] * unit).rounded() / unit
    }
    let (z, n) = (1.959964, Double(degreesOfFreedom))
    return z + (z * z * z + z) / (4 * n) + (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n)
  }

  /// t_{0.975} of 1 to 30 degrees of freedom.
  private static let exact = (1...30).map { quantile(0.975, degreesOfFreedom: $0) }
}
