// SPDX-License-Identifier: MIT
internal import Foundation

/// The regularized incomplete beta function I_x(a, b), 0 < x < 1, a and b above 0, and its complement.
///
/// By Lentz's method on the continued fraction of *Numerical Recipes* (6.4.5): a time near sqrt(max(a, b)). Relative error
/// 1e-12 for a + b near 1,000, 1e-6 near 10^8, where logarithms of gamma functions cancel.
package enum IncompleteBeta {
  /// I_x(a, b).
  package static func lower(_ x: Double, _ a: Double, _ b: Double) -> Double {
    isQuick(x, a, b) ? fraction(x, a, b) : 1 - mirrored(x, a, b)
  }

  /// 1 - I_x(a, b) = I_(1-x)(b, a), exact where it is small.
  package static func upper(_ x: Double, _ a: Double, _ b: Double) -> Double {
    isQuick(x, a, b) ? 1 - fraction(x, a, b) : mirrored(x, a, b)
  }

  /// Whether the fraction at x converges quickly; else that at 1 - x does.
  private static func isQuick(_ x: Double, _ a: Double, _ b: Double) -> Bool { x < (a + 1) / (a + b + 2) }

  private static func mirrored(_ x: Double, _ a: Double, _ b: Double) -> Double {
    fraction(1 - x, b, a, logs: (log1p(-x), log(x)))
  }

  /// `logs`: of x and of 1 - x, where rounding would lose them.
  private static func fraction(
    _ x: Double, _ a: Double, _ b: Double, logs: (x: Double, rest: Double)? = nil
  ) -> Double {
    let logs = logs ?? (log(x), log1p(-x))
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * logs.x + b * logs.rest) / a
    func safe(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var (c, d) = (1.0, 1 / safe(1 - (a + b) * x / (a + 1)))
    var fraction = d
    for step in 1..<1_000_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      (d, c) = (1 / safe(1 + even * d), safe(1 + even / c))
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      (d, c) = (1 / safe(1 + odd * d), safe(1 + odd / c))
      fraction *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return front * fraction
  }
}
