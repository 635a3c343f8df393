// SPDX-License-Identifier: MIT
internal import Foundation
internal import Memorization

/// Tests and intervals of one or two proportions.
package enum ProportionTest {
  /// p1 - p2 with Newcombe's hybrid score interval, *Statistics in Medicine* 17 (1998) 873, method 10:
  ///
  ///     d - sqrt((p1 - l1)^2 + (u2 - p2)^2),   d + sqrt((u1 - p1)^2 + (p2 - l2)^2)
  ///
  /// with the Wilson limits l, u of each proportion.
  package static func difference(
    _ k1: Int, of n1: Int, minus k2: Int, of n2: Int, confidence: Double
  ) -> Difference {
    let a = Wilson.interval(successes: k1, trials: n1, confidence: confidence)
    let b = Wilson.interval(successes: k2, trials: n2, confidence: confidence)
    func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    let value = a.value - b.value
    return Difference(
      value: value, low: value - root(a.value - a.low, b.high - b.value),
      high: value + root(a.high - a.value, b.value - b.low))
  }

  /// Fisher's exact test, one-sided: the probability that, with k1 + k2 successes spread at random over n1 + n2 trials,
  /// at least k1 fall among the n1.
  package static func fisher(_ k1: Int, of n1: Int, against k2: Int, of n2: Int) -> Double {
    let successes = k1 + k2
    let top = min(successes, n1)
    let all = logChoose(n1 + n2, successes)
    return sum(max(k1, successes - n2), top) { logChoose(n1, $0) + logChoose(n2, successes - $0) - all }
  }

  /// P(X >= k), X ~ Binomial(n, p).
  package static func binomialTail(_ k: Int, of n: Int, probability p: Double) -> Double {
    guard k > 0 else { return 1 }
    guard p > 0 else { return 0 }
    guard p < 1 else { return 1 }
    return sum(k, n) { logChoose(n, $0) + Double($0) * log(p) + Double(n - $0) * log1p(-p) }
  }

  /// Sum of the exponentials of `term` over low...high, largest first where it matters: rounding stays near 1e-12.
  private static func sum(_ low: Int, _ high: Int, term: (Int) -> Double) -> Double {
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

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    guard (0...n).contains(k) else { return -.infinity }
    return lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
  }
}
