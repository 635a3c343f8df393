// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct IncompleteBetaTests {
  @Test func `with a parameter of one it is a power`() {
    for x in [1e-7, 0.01, 0.3, 0.5, 0.9, 1 - 0x1p-20] {
      for b in [0.5, 1, 3.7, 40] {
        #expect(abs(IncompleteBeta.lower(x, 1, b) / -expm1(b * log1p(-x)) - 1) < 1e-12, "x \(x), b \(b)")
        #expect(abs(IncompleteBeta.lower(x, b, 1) / pow(x, b) - 1) < 1e-12, "x \(x), b \(b)")
        #expect(abs(IncompleteBeta.upper(x, 1, b) / exp(b * log1p(-x)) - 1) < 1e-12, "x \(x), b \(b)")
      }
    }
  }

  @Test func `the arcsine law, and both parts make one`() {
    for x in [0.001, 0.2, 0.5, 0.77, 0.999] {
      #expect(abs(IncompleteBeta.lower(x, 0.5, 0.5) - 2 / Double.pi * asin(x.squareRoot())) < 1e-13)
      for (a, b) in [(0.5, 0.5), (2, 9), (300, 4)] {
        #expect(abs(IncompleteBeta.lower(x, a, b) + IncompleteBeta.upper(x, a, b) - 1) < 1e-12)
      }
    }
  }
}
