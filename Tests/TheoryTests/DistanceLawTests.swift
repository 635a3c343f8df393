// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing
import Theory

@Suite struct DistanceLawTests {
  @Test func `the distribution function sums its density, both tails`() {
    let law = NoncentralChiSquared(degrees: 10, noncentrality: 7)
    let grid = LogGrid(low: log(1e-3), step: 0.02, count: 640)
    let distribution = DistanceLaw(grid) { law.densities(at: $0).same }
    for (lower, upper) in zip(distribution.lower, distribution.upper) { #expect(abs(lower + upper - 1) < 1e-9) }
    for (x, expected) in [(0.5, 2.30463456e-07), (5, 0.01152505494), (17, 0.54992051815), (60, 0.99998377655)] {
      let k = Int(((log(x) - grid.low) / grid.step).rounded(.down))
      // Known at the nodes around: the value lies between.
      #expect(distribution.lower[k] <= expected && expected <= distribution.lower[k + 1], "\(x)")
    }
  }
}
