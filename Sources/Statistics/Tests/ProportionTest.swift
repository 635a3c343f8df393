// SPDX-License-Identifier: MIT

/// Comparisons of two proportions.
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
    let all = Binomial.logChoose(n1 + n2, successes)
    return Binomial.sum(max(k1, successes - n2), top) {
      Binomial.logChoose(n1, $0) + Binomial.logChoose(n2, successes - $0) - all
    }
  }
}

/// A difference of two numbers with its interval.
package struct Difference: Sendable {
  package let value, low, high: Double

  package init(value: Double, low: Double, high: Double) { (self.value, self.low, self.high) = (value, low, high) }
}
