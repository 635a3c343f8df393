// SPDX-License-Identifier: MIT
internal import Foundation

/// The distribution function of a noncentral chi-squared variable by Sankaran's transformation to a normal one.
///
/// `((X / (k + l))^h - 1 - h p (h - 1 - (2 - h) m p / 2)) / (h sqrt(2 p) (1 + m p / 2))` is close to N(0, 1) with
/// `h = 1 - 2 (k + l)(k + 3 l) / (3 (k + 2 l)^2)`, `p = (k + 2 l) / (k + l)^2`, `m = (h - 1)(1 - 3 h)`:
/// Sankaran, *Biometrika* 50 (1963) 199. Absolute error below 1e-3 for k >= 10 (tests); l = 0 is Wilson and Hilferty.
package enum NoncentralChiSquared {
  /// P(X <= x), k > 0 degrees of freedom, noncentrality l >= 0.
  package static func cumulative(_ x: Double, freedom k: Double, noncentrality l: Double) -> Double {
    // The transformed variable does not reach minus infinity there.
    guard x > 0 else { return 0 }
    let (mean, twice) = (k + l, k + 2 * l)
    let h = 1 - 2 * mean * (k + 3 * l) / (3 * twice * twice)
    let p = twice / (mean * mean)
    let m = (h - 1) * (1 - 3 * h)
    let centre = 1 + h * p * (h - 1 - (2 - h) * m * p / 2)
    let z = (pow(x / mean, h) - centre) / (h * (2 * p).squareRoot() * (1 + m * p / 2))
    return erfc(-z * 0.5.squareRoot()) / 2
  }
}
