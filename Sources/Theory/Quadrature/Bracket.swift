// SPDX-License-Identifier: MIT

/// A root of a continuous function between two points of opposite sign.
package enum Bracket {
  /// False position with halving of the stale end (Illinois), relative tolerance; nil where the signs agree.
  package static func root(_ low: Double, _ high: Double, tolerance: Double, _ f: (Double) -> Double) -> Double? {
    var (a, b) = (low, high)
    var (fa, fb) = (f(a), f(b))
    if fa == 0 { return a }
    if fb == 0 { return b }
    guard fa.isFinite, fb.isFinite, (fa < 0) != (fb < 0) else { return nil }
    for _ in 0..<60 {
      let x = (a * fb - b * fa) / (fb - fa)
      let fx = f(x)
      if fx == 0 || abs(b - x) <= tolerance * high { return x }
      if (fx < 0) != (fb < 0) { (a, fa) = (b, fb) } else { fa /= 2 }
      (b, fb) = (x, fx)
    }
    return b
  }
}
