// SPDX-License-Identifier: MIT
internal import Foundation

/// The noncentral chi-square law: |z + a|^2 for z ~ N(0, I_d) and |a|^2 = lambda.
///
/// Its density is a Poisson mixture of central ones, sum_j Pois(j; lambda/2) f_{d+2j}(x): all terms are positive, so
/// that the lower tail keeps its relative accuracy (about 1e-13).
package struct NoncentralChiSquared: Sendable {
  /// d.
  package let degrees: Double
  /// lambda.
  package let noncentrality: Double
  /// The order from which the uniform expansion is exact enough; it is several times faster than the series.
  private static let largeOrder = 24.0

  package init(degrees: Double, noncentrality: Double) {
    (self.degrees, self.noncentrality) = (degrees, noncentrality)
  }

  /// The density at x > 0 with d and with d + 2 degrees of freedom.
  ///
  /// The second gives conditional means: for m = mu + sqrt(s) z, y fixed and |y - m|^2 = s x, the mean of m - mu along
  /// y - mu is b (1 - f_{d+2}/f_d), b = |y - mu| (a derivative of the density in lambda).
  package func densities(at x: Double) -> (same: Double, plusTwo: Double) {
    degrees / 2 - 1 >= Self.largeOrder && noncentrality > 0 ? expansion(x) : series(x)
  }

  /// The density at x > 0 alone, at half the cost.
  package func density(at x: Double) -> Double {
    degrees / 2 - 1 >= Self.largeOrder && noncentrality > 0
      ? exp(logExpansion(x, order: degrees / 2 - 1)) : series(x).same
  }

  /// P(X <= x) by Sankaran's transformation to a normal variable, d > 0; absolute error below 1e-3 for d >= 10 (tests).
  ///
  /// `((X / (d + l))^h - 1 - h p (h - 1 - (2 - h) m p / 2)) / (h sqrt(2 p) (1 + m p / 2))` is close to N(0, 1) with
  /// `h = 1 - 2 (d + l)(d + 3 l) / (3 (d + 2 l)^2)`, `p = (d + 2 l) / (d + l)^2`, `m = (h - 1)(1 - 3 h)`:
  /// Sankaran, *Biometrika* 50 (1963) 199; l = 0 is Wilson and Hilferty.
  package func approximateCumulative(_ x: Double) -> Double {
    // The transformed variable does not reach minus infinity there.
    guard x > 0 else { return 0 }
    let (mean, twice) = (degrees + noncentrality, degrees + 2 * noncentrality)
    let h = 1 - 2 * mean * (degrees + 3 * noncentrality) / (3 * twice * twice)
    let p = twice / (mean * mean)
    let m = (h - 1) * (1 - 3 * h)
    let centre = 1 + h * p * (h - 1 - (2 - h) * m * p / 2)
    let z = (pow(x / mean, h) - centre) / (h * (2 * p).squareRoot() * (1 + m * p / 2))
    // Not `Normal.cumulative`: published crossings have the rounding of this product.
    return erfc(-z * 0.5.squareRoot()) / 2
  }

  /// The sum from its largest term outwards, each term from its neighbour. By the ratio of neighbours the sum for d + 2
  /// is that of j times term j, over lambda/2.
  private func series(_ x: Double) -> (same: Double, plusTwo: Double) {
    let (half, rate, shape) = (x / 2, noncentrality / 2, degrees / 2)
    let product = half * rate
    let mode = max(0, ((-shape + (shape * shape + 4 * product).squareRoot()) / 2).rounded(.down))
    let poisson: Double = (mode > 0 ? mode * log(rate) : 0) - rate - lgamma(mode + 1)
    let gamma: Double = (shape + mode - 1) * log(half) - half - lgamma(shape + mode)
    let logTerm = poisson + gamma - log(2)
    let largest = exp(logTerm)
    guard largest > 0 else { return (0, 0) }
    guard rate > 0 else { return (largest, largest * half / shape) }
    var (same, weighted) = (1.0, mode)
    var (term, j) = (1.0, mode)
    while term > 1e-17 {
      term *= product / ((j + 1) * (shape + j))
      j += 1
      same += term
      weighted += term * j
    }
    (term, j) = (1, mode)
    while j > 0 && term > 1e-17 {
      j -= 1
      term *= (j + 1) * (shape + j) / product
      same += term
      weighted += term * j
    }
    return (largest * same, largest * weighted / rate)
  }

  private func expansion(_ x: Double) -> (same: Double, plusTwo: Double) {
    (exp(logExpansion(x, order: degrees / 2 - 1)), exp(logExpansion(x, order: degrees / 2)))
  }

  /// f_d = (1/2) (x/lambda)^(nu/2) e^(-(x + lambda)/2) I_nu(sqrt(lambda x)), nu = d/2 - 1 the order.
  private func logExpansion(_ x: Double, order: Double) -> Double {
    -(x + noncentrality) / 2 - log(2) + order * log(x / noncentrality) / 2
      + Self.logBessel(order, (noncentrality * x).squareRoot())
  }

  /// log I_nu(x) for large nu, uniformly in x: Debye's expansion to the fifth order, relative error below 5e-9
  /// from nu = 24 (Abramowitz and Stegun 9.7.7; the polynomials are 9.3.9).
  private static func logBessel(_ order: Double, _ x: Double) -> Double {
    let z = x / order
    let root = (1 + z * z).squareRoot()
    let (p, p2) = (1 / root, 1 / (1 + z * z))
    let exponent = order * (root + log(z / (1 + root)))
    let u1 = p * (3 - 5 * p2) / 24
    let u2 = p2 * (81 + p2 * (-462 + 385 * p2)) / 1152
    let u3 = p * p2 * (30375 + p2 * (-369603 + p2 * (765765 - 425425 * p2))) / 414720
    let u4 =
      p2 * p2 * (4465125 + p2 * (-94121676 + p2 * (349922430 + p2 * (-446185740 + 185910725 * p2)))) / 39813120
    let low5 = 1_519_035_525 + p2 * (-49_286_948_607 + p2 * 284_499_769_554)
    let high5 = -614_135_872_350 + p2 * (566_098_157_625 - 188_699_385_875 * p2)
    let u5 = p * p2 * p2 * (low5 + p2 * p2 * p2 * high5) / 6_688_604_160
    let sum = ((((u5 / order + u4) / order + u3) / order + u2) / order + u1) / order
    return exponent - log(2 * Double.pi * order) / 2 - log(root) / 2 + log1p(sum)
  }
}
