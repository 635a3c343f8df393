// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Statistics
import Testing

struct BinomialTableTests {
  @Test("counts follow the exact law: chi-squared below its 1 - 1e-6 quantile, and a law off by 2 % is rejected")
  func law() {
    let (trials, probability, draws) = (50, 0.3, 200_000)
    let uniforms = RandomKey(seed: 41).uniforms(draws)
    // Cells 6...24 expect more than 30 counts each; all others are one cell: 20 cells, 19 degrees of freedom.
    func chiSquared(against law: Double) -> Double {
      let table = BinomialTable(trials: trials, probability: probability)
      var observed = [Double](repeating: 0, count: 20)
      for u in uniforms {
        let count = table.count(u)
        observed[(6...24).contains(count) ? count - 6 : 19] += 1
      }
      var expected = (6...24).map { k -> Double in
        let logarithm = lgamma(51.0) - lgamma(Double(k + 1)) - lgamma(Double(51 - k))
        return Double(draws) * exp(logarithm + Double(k) * log(law) + Double(50 - k) * log(1 - law))
      }
      expected.append(Double(draws) - expected.reduce(0, +))
      return zip(observed, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    }
    #expect(chiSquared(against: 0.3) < 63.7)  // 19 degrees of freedom: P(X > 63.7) = 1e-6
    #expect(chiSquared(against: 0.306) > 63.7)
  }

  @Test("inverts the distribution function at its steps")
  func inversion() {
    // Binomial(2, 1/2): 1/4, 3/4, 1.
    let table = BinomialTable(trials: 2, probability: 0.5)
    #expect([0, 0.25.nextDown, 0.25, 0.75.nextDown, 0.75, 1.0.nextDown].map(table.count) == [0, 0, 1, 1, 2, 2])
  }

  @Test("none and all never change")
  func degenerate() {
    for u in [0, 0.5, 1.0.nextDown] {
      #expect(BinomialTable(trials: 2000, probability: 0).count(u) == 0)
      #expect(BinomialTable(trials: 2000, probability: 1).count(u) == 2000)
    }
  }
}
