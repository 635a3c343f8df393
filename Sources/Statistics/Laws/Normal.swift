// SPDX-License-Identifier: MIT
internal import Foundation

/// The standard normal law.
package enum Normal {
  /// P(Z <= z) = erfc(-z / sqrt 2) / 2.
  package static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// z with P(Z <= z) = probability, 0 < probability < 1; relative error below 1e-14 for |z| < 8.
  ///
  /// Newton's method on `erfc(-z / sqrt 2) / 2 = p` for p <= 1/2, from the tail bound z = -sqrt(-2 ln 2p), which
  /// lies left of the root. The function is convex there: the first step overshoots by less than sqrt(pi / 2), all
  /// others approach from the right.
  package static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "probability \(probability)")
    if probability > 0.5 { return -quantile(1 - probability) }
    var z = -(-2 * log(2 * probability)).squareRoot()
    for _ in 0..<60 {
      let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      let step = (cumulative(z) - probability) / density
      z -= step
      if abs(step) <= 1e-15 * max(abs(z), 1) { break }
    }
    return z
  }
}
