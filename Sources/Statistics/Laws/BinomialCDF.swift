// SPDX-License-Identifier: MIT
internal import Foundation

/// Binomial probabilities by the incomplete beta function, for searches that ask for thousands of them: a time near
/// sqrt(n) where `Binomial` sums up to n terms. Relative error 1e-12 at n = 1,000, 1e-6 at 10^8.
package enum BinomialCDF {
  /// P(X >= k), X ~ Binomial(n, p): I_p(k, n - k + 1).
  package static func atLeast(_ k: Int, of n: Int, probability p: Double) -> Double {
    guard k > 0 else { return 1 }
    guard k <= n else { return 0 }
    return p <= 0 ? 0 : p >= 1 ? 1 : IncompleteBeta.lower(p, Double(k), Double(n - k + 1))
  }

  /// P(X <= k): I_(1-p)(n - k, k + 1).
  package static func atMost(_ k: Int, of n: Int, probability p: Double) -> Double {
    guard k < n else { return 1 }
    guard p > 0 else { return 1 }
    guard p < 1 else { return 0 }
    return IncompleteBeta.upper(p, Double(k + 1), Double(n - k))
  }

  /// Clopper and Pearson's upper bound, the p with P(X <= k) = tail, to a relative 1e-10 of its distance from k/n.
  package static func upper(_ k: Int, of n: Int, tail: Double) -> Double {
    guard k < n else { return 1 }
    let share = Double(k) / Double(n)
    var (low, high) = (share, 1.0)
    // Chernoff: P(X <= k) <= exp(-n D(k/n || p)), which costs nothing and leaves a short bracket.
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if divergence(share, middle) * Double(n) < -log(tail) { low = middle } else { high = middle }
    }
    low = share
    while high - low > 1e-10 * (high - share) {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if atMost(k, of: n, probability: middle) > tail { low = middle } else { high = middle }
    }
    return high
  }

  /// Kullback and Leibler's divergence of shares a and b.
  private static func divergence(_ a: Double, _ b: Double) -> Double {
    (a > 0 ? a * log(a / b) : 0) + (a < 1 ? (1 - a) * (log1p(-a) - log1p(-b)) : 0)
  }
}
