// SPDX-License-Identifier: MIT
internal import Foundation

/// Tails of counts by summing their terms, exact to about 1e-12 whatever n: what verdicts rest on.
package enum Binomial {
  /// P(X >= k), X ~ Binomial(n, p).
  package static func atLeast(_ k: Int, of n: Int, probability p: Double) -> Double {
    guard k > 0 else { return 1 }
    guard p > 0 else { return 0 }
    guard p < 1 else { return 1 }
    return sum(k, n) { logChoose(n, $0) + Double($0) * log(p) + Double(n - $0) * log1p(-p) }
  }

  /// Clopper and Pearson's upper bound: the share p with P(X <= k) = tail.
  package static func upper(_ k: Int, of n: Int, tail: Double) -> Double {
    guard k < n else { return 1 }
    var (low, high) = (Double(k) / Double(n), 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if 1 - atLeast(k + 1, of: n, probability: middle) > tail { low = middle } else { high = middle }
    }
    return high
  }

  /// Sum of the exponentials of `term` over low...high, largest first where it matters: rounding stays near 1e-12.
  static func sum(_ low: Int, _ high: Int, term: (Int) -> Double) -> Double {
    guard low <= high else { return 0 }
    let terms = support(low, high, term: term).map(term)
    guard let largest = terms.max(), largest > -.infinity else { return 0 }
    return min(1, exp(largest) * terms.map { exp($0 - largest) }.sorted().reduce(0, +))
  }

  /// The part of low...high that counts, of terms that rise and then fall: the others are zero beside the largest, for
  /// exp(-800) is no number. Millions of trials have some ten thousand terms.
  private static func support(_ low: Int, _ high: Int, term: (Int) -> Double) -> ClosedRange<Int> {
    guard high - low > 1000 else { return low...high }
    /// The first of low...high at which what holds from some place on holds; `high` if it does nowhere before.
    func first(_ low: Int, _ high: Int, _ holds: (Int) -> Bool) -> Int {
      var (low, high) = (low, high)
      while low < high {
        let middle = low + (high - low) / 2
        if holds(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let peak = first(low, high) { term($0 + 1) <= term($0) }
    let least = term(peak) - 800
    return first(low, peak) { term($0) >= least }...first(peak, high) { term($0) < least }
  }

  /// ln (n over k).
  static func logChoose(_ n: Int, _ k: Int) -> Double {
    guard (0...n).contains(k) else { return -.infinity }
    return lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
  }
}
