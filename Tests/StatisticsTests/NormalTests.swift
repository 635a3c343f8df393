// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct NormalTests {
  // Quantiles to 16 digits from mpmath: sqrt(2) * erfinv(2 p - 1).
  @Test(
    arguments: [
      (0.975, 1.959963984540054), (0.995, 2.5758293035489004), (0.9, 1.2815515655446004), (0.75, 0.6744897501960817),
      (0.51, 0.02506890825871106), (1e-10, -6.361340902404056),
    ])
  func `quantiles to a relative 1e-13`(probability: Double, z: Double) {
    #expect(abs(Normal.quantile(probability) / z - 1) < 1e-13)
    #expect(abs(Normal.quantile(1 - probability) / -z - 1) < (probability < 1e-6 ? 1e-6 : 1e-13))
    #expect(abs(Normal.cumulative(z) / probability - 1) < 1e-13)
  }

  @Test func `the middle is 0`() {
    #expect(Normal.quantile(0.5) == 0 && Normal.cumulative(0) == 0.5)
  }
}
