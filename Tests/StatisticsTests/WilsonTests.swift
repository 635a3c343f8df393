// SPDX-License-Identifier: MIT
import Statistics
import Testing

struct WilsonTests {
  @Test(
    "reproduces Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3",
    arguments: [
      (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
    ])
  func newcombe(successes: Int, trials: Int, low: Double, high: Double) {
    let estimate = Wilson.interval(successes: successes, trials: trials)
    #expect(abs(estimate.low - low) <= 0.5e-4)
    #expect(abs(estimate.high - high) <= 0.5e-4)
    #expect(estimate.value == Double(successes) / Double(trials) && estimate.trials == trials)
  }

  @Test("the interval's ends are the proportions whose score test just rejects")
  func inversion() {
    // |p_hat - p| = z sqrt(p (1 - p) / n) at both ends, z = 1.959963984540054 (95 %) and 2.5758293035489004 (99 %).
    for (confidence, z) in [(0.95, 1.959963984540054), (0.99, 2.5758293035489004)] {
      for (successes, trials) in [(1, 7), (25, 50), (640, 2000), (1999, 2000)] {
        let estimate = Wilson.interval(successes: successes, trials: trials, confidence: confidence)
        for end in [estimate.low, estimate.high] {
          let error = (end * (1 - end) / Double(trials)).squareRoot()
          #expect(abs(abs(estimate.value - end) / error - z) < 1e-9)
        }
      }
    }
  }

  @Test("none and all have an end at 0 and 1, and mirror each other")
  func ends() {
    let (none, all) = (Wilson.interval(successes: 0, trials: 50), Wilson.interval(successes: 50, trials: 50))
    #expect(none.low == 0 && all.high == 1)
    #expect(abs(none.high - (1 - all.low)) < 1e-15)
    #expect(abs(none.high - 0.0713) < 1e-4)
  }
}
