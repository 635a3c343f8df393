// SPDX-License-Identifier: MIT
import Distributions
import Foundation
import Kernels
import Memorization
import Testing
import Theory

@Suite struct NearestDistanceTests {
  @Test func `one point of one cluster is 2 d s away`() {
    for (d, s) in [(2, 0.5), (30, 1.0), (500, 4)] {
      let law = NearestDistance(dimension: d, trueComponents: 1, variance: s, largestCount: 10)
      #expect(abs(law.expected(1) / (2 * Double(d) * s) - 1) < 1e-4)
    }
  }

  @Test func `one point of several clusters is 2 d s + 2 d (1 - 1/K) away`() {
    for (d, k, s) in [(10, 3, 1.0), (50, 12, 0.25), (50, 12, 4)] {
      let law = NearestDistance(dimension: d, trueComponents: k, variance: s, largestCount: 10)
      let expected = 2 * Double(d) * (s + 1 - 1 / Double(k))
      #expect(abs(law.expected(1) / expected - 1) < 2e-6, "\(d) \(k) \(s)")
    }
  }

  @Test func `the nearer of two points of one cluster: the exact expectation`() {
    // E min(|x-a|^2, |x-b|^2) = 2 d - E| |x-a|^2 - |x-b|^2 | / 2, and the difference is P.Q with P = b - a ~ N(0, 2 I)
    // and Q = 2x - a - b ~ N(0, 6 I) independent: E|P.Q| = sqrt(12) E|z_1| E|w|, z and w standard normal.
    for (d, bound) in [(1, 1e-3), (2, 1e-4), (5, 2e-6), (10, 1e-6), (50, 1e-6), (400, 1e-6)] {
      let norm = 2.0.squareRoot() * exp(lgamma(Double(d + 1) / 2) - lgamma(Double(d) / 2))
      let exact = 2 * Double(d) - 3.0.squareRoot() * (2 / Double.pi).squareRoot() * norm
      let law = NearestDistance(dimension: d, trueComponents: 1, variance: 1, largestCount: 50)
      #expect(abs(law.expected(2) / exact - 1) < bound, "d = \(d): \(law.expected(2)), exact \(exact)")
    }
  }

  @Test func `doubling every rule changes nothing beyond the stated accuracy`() {
    for (d, k, n, s, bound) in [
      (5, 3, 50, 1.0, 2e-6), (10, 4, 100, 1, 1e-6), (50, 12, 200, 1, 1e-6), (50, 12, 200, 4, 1e-6),
      (50, 12, 200, 0.25, 1e-6), (200, 10, 1000, 1, 1e-6), (30, 3, 1_000_000, 1, 1e-6),
    ] {
      let coarse = NearestDistance(dimension: d, trueComponents: k, variance: s, largestCount: n)
      let fine = NearestDistance(dimension: d, trueComponents: k, variance: s, largestCount: n, refinement: 2)
      for m in [1, 2, n / 10, n / 2, n] {
        let error = abs(coarse.expected(Double(m)) / fine.expected(Double(m)) - 1)
        #expect(error < bound, "d \(d) K \(k) N \(n) s \(s) M \(m): \(error)")
      }
    }
  }

  /// Mean nearest squared distance over many small data sets, with its standard error.
  private func simulated(_ d: Int, _ k: Int, _ s: Double, _ m: Int, sets: Int) -> (mean: Double, error: Double) {
    var values: [Double] = []
    for index in 0..<sets {
      let data = Dataset.isotropic(
        dimension: d, trueComponents: k, trainingCount: m, heldOutCount: 1, variance: s,
        key: RandomKey(seed: 11).child(d).child(k).child(m).child(index))
      let x = data.heldOut.row(0)
      values.append(
        (0..<m).map { row in zip(x, data.train.row(row)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }.min() ?? 0)
    }
    let mean = values.reduce(0, +) / Double(sets)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (square / Double(sets - 1) / Double(sets)).squareRoot())
  }

  /// 5 standard errors, 6 cases: false alarm 4e-6; 0.1 % is left to the annealed means.
  @Test func `the expectation is the brute-force one`() {
    for (d, k, s, m) in [
      (10, 1, 1.0, 20), (10, 4, 1, 20), (20, 5, 4, 30), (20, 5, 0.25, 8), (50, 12, 1, 60), (6, 3, 9, 40),
    ] {
      let (mean, error) = simulated(d, k, s, m, sets: 4000)
      let law = NearestDistance(dimension: d, trueComponents: k, variance: s, largestCount: m)
      let expected = law.expected(Double(m))
      #expect(
        abs(mean - expected) < 5 * error + 1e-3 * expected,
        "\(d) \(k) \(s) \(m): \(mean) +- \(error), \(expected)")
    }
  }

  @Test func `neighbours in other clusters count when the variance is large, and only then`() {
    let far = NearestDistance(dimension: 50, trueComponents: 12, variance: 0.25, largestCount: 200)
    let near = NearestDistance(dimension: 50, trueComponents: 12, variance: 4, largestCount: 200)
    #expect(abs(far.expected(200) / far.expectedWithinCluster(200) - 1) < 1e-3)
    #expect(near.expected(200) / near.expectedWithinCluster(200) < 0.96)
  }
}
