// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct ProportionTestTests {
  @Test func `Newcombe's interval is that of his table`() {
    // Newcombe (1998), table II, method 10, examples (a), (b), (d), (g) and (h).
    for (k1, n1, k2, n2, low, high) in [
      (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (5, 56, 0, 29, -0.0381, 0.1926),
      (10, 10, 0, 20, 0.6791, 1.0), (10, 10, 0, 10, 0.6075, 1.0),
    ] {
      let difference = ProportionTest.difference(k1, of: n1, minus: k2, of: n2, confidence: 0.95)
      #expect(abs(difference.low - low) < 6e-5 && abs(difference.high - high) < 6e-5, "\(k1)/\(n1): \(difference)")
    }
  }

  @Test func `Fisher's test is the sum of the hypergeometric tail`() {
    // Fisher's tea: 3 of 4 right, one-sided 17/70.
    #expect(abs(ProportionTest.fisher(3, of: 4, against: 1, of: 4) - 17.0 / 70) < 1e-12)
    #expect(ProportionTest.fisher(0, of: 50, against: 3, of: 40) == 1)
    // By enumeration with exact integers.
    func choose(_ n: Int, _ k: Int) -> Double {
      var ways = 1.0
      for factor in 0..<k { ways *= Double(n - factor) / Double(factor + 1) }
      return ways
    }
    let all = choose(30, 7)
    let tail = (5...7).reduce(0.0) { sum, k in sum + choose(12, k) * choose(18, 7 - k) / all }
    #expect(abs(ProportionTest.fisher(5, of: 12, against: 2, of: 18) - tail) < 1e-12)
  }
}
