// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct BinomialTests {
  @Test func `the binomial tail is the sum of its terms`() {
    var tail = 0.0
    for k in 3...10 {
      var ways = 1.0
      for factor in 0..<k { ways *= Double(10 - factor) / Double(factor + 1) }
      tail += ways * pow(0.2, Double(k)) * pow(0.8, Double(10 - k))
    }
    #expect(abs(Binomial.atLeast(3, of: 10, probability: 0.2) - tail) < 1e-12)
    #expect(Binomial.atLeast(0, of: 10, probability: 0) == 1)
    #expect(Binomial.atLeast(1, of: 10, probability: 0) == 0)
  }

  @Test func `sums and the incomplete beta function agree in both tails`() {
    for n in [1, 7, 50, 400, 1000] {
      for p in [1e-6, 0.003, 0.2, 0.5, 0.97] {
        for k in Set([0, 1, 2, n / 10, n / 3, n / 2, 9 * n / 10, n, n + 1]) {
          let sum = Binomial.atLeast(k, of: n, probability: p)
          let beta = BinomialCDF.atLeast(k, of: n, probability: p)
          #expect(abs(beta - sum) <= 1e-11 * sum + 1e-300, "k \(k), n \(n), p \(p): \(beta), \(sum)")
          guard k <= n else { continue }
          let rest = BinomialCDF.atMost(k, of: n, probability: p)
          let mirrored = Binomial.atLeast(n - k, of: n, probability: 1 - p)
          #expect(abs(rest - mirrored) <= 1e-9 * mirrored + 1e-300, "k \(k), n \(n), p \(p): \(rest), \(mirrored)")
        }
      }
    }
    #expect(BinomialCDF.atLeast(1, of: 5, probability: 0) == 0 && BinomialCDF.atLeast(5, of: 5, probability: 1) == 1)
    #expect(BinomialCDF.atMost(0, of: 5, probability: 1) == 0 && BinomialCDF.atMost(5, of: 5, probability: 1) == 1)
  }

  @Test func `the upper bounds are Clopper and Pearson's`() {
    // Clopper and Pearson (1934): of 10 trials with 2 successes 95 % limits 0.0252 and 0.5561; none of n: 1 - tail^(1/n).
    #expect(abs(Binomial.upper(2, of: 10, tail: 0.025) - 0.556095) < 1e-6)
    #expect(abs(BinomialCDF.upper(2, of: 10, tail: 0.025) - 0.556095) < 1e-6)
    for n in [1, 20, 10_000] {
      let exact = 1 - pow(0.025, 1 / Double(n))
      #expect(abs(Binomial.upper(0, of: n, tail: 0.025) - exact) < 1e-9 * exact + 1e-12)
      #expect(abs(BinomialCDF.upper(0, of: n, tail: 0.025) - exact) < 1e-9 * exact)
    }
    #expect(Binomial.upper(5, of: 5, tail: 0.025) == 1 && BinomialCDF.upper(5, of: 5, tail: 0.025) == 1)
  }
}
