// SPDX-License-Identifier: MIT
import Statistics
import Testing

@Suite struct MonotonicityTests {
  private func violations(_ shares: [Double], trials: Int) -> Int {
    Monotonicity.violations(shares.map { (Int(($0 * Double(trials)).rounded()), trials) })
  }

  @Test func `pairs that fall by more than three standard errors are counted`() {
    #expect(violations([0.5, 0.48], trials: 2000) == 0)  // z = 1.3
    #expect(violations([0.5, 0.45], trials: 2000) == 1)  // z = 3.2
    #expect(violations([0.5, 0.45], trials: 1000) == 0)  // z = 2.2
    #expect(violations([0.2, 0.1, 0.6, 0.3, 0.9], trials: 2000) == 2)
    #expect(violations([0, 0, 1, 1], trials: 10) == 0 && violations([], trials: 10) == 0)
  }
}
