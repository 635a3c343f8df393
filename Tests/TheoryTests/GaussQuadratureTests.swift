// SPDX-License-Identifier: MIT
import Foundation
import Testing
import Theory

@Suite struct GaussQuadratureTests {
  @Test func `the chi-square rule has the moments of chi-square up to twice its size`() {
    for d in [1.0, 2, 7, 50, 1000] {
      let rule = GaussQuadrature.chiSquared(d, count: 6)
      // E X^k = d (d + 2) .. (d + 2k - 2).
      var moment = 1.0
      for k in 0..<12 {
        let value = zip(rule.nodes, rule.weights).reduce(0) { $0 + $1.1 * pow($1.0, Double(k)) }
        #expect(abs(value / moment - 1) < 1e-11, "d = \(d), moment \(k)")
        moment *= d + 2 * Double(k)
      }
    }
  }

  @Test func `the sphere rule has the moments of a coordinate of a uniform direction`() {
    for d in [1, 2, 3, 7, 50, 1000] {
      let rule = GaussQuadrature.sphereCosine(d, count: 6)
      // E c^(2k) = 1 3 .. (2k - 1) / (d (d + 2) .. (d + 2k - 2)), odd moments 0.
      var moment = 1.0
      for k in 0..<6 {
        let even = zip(rule.nodes, rule.weights).reduce(0) { $0 + $1.1 * pow($1.0, Double(2 * k)) }
        let odd = zip(rule.nodes, rule.weights).reduce(0) { $0 + $1.1 * pow($1.0, Double(2 * k + 1)) }
        #expect(abs(even / moment - 1) < 1e-11 && abs(odd) < 1e-14, "d = \(d), moment \(2 * k)")
        moment *= Double(2 * k + 1) / Double(d + 2 * k)
      }
    }
  }
}
