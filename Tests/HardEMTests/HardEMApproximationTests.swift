// SPDX-License-Identifier: MIT
import HardEM
import Kernels
import Memorization
import Testing

struct HardEMApproximationTests {
  @Test(
    "agrees with hard EM: crossings within 0.02, std within 0.02 sqrt(s), share of singletons within 0.04",
    arguments: [(30, 3, 200, 1.0), (50, 3, 100, 0.25), (40, 6, 200, 4.0)])
  func simulation(d: Int, k: Int, n: Int, variance: Double) throws {
    let prediction = HardEM.predict(
      dimension: d, trueComponents: k, samples: n, variance: variance, counts: (1...25).map { $0 * n / 25 },
      repeats: 8, evaluationSamples: 1000, key: RandomKey(seed: 1))
    let formula = HardEMApproximation(dimension: d, trueComponents: k, samples: n, variance: variance)
    for (level, crossing) in [
      (0.1, prediction.transition.start), (0.5, prediction.transition.half), (0.9, prediction.transition.end),
    ] {
      let error = try #require(formula.crossing(of: level)) - #require(crossing.value)
      // Spread of a mean of eight crossings: below 0.005. The formula's error over a grid: TheoryHardEM.md.
      #expect(abs(error) < 0.02, "level \(level)")
    }
    for simulated in prediction.points where 2 * simulated.components >= n {
      let point = formula.point(components: Double(simulated.components))
      #expect(abs(point.learnedStd - simulated.learnedStd) < 0.02 * variance.squareRoot())
      #expect(abs(point.singletonShare - simulated.singletonShare) < 0.04)
    }
  }

  @Test("left-out samples near a singleton matter: the start in a low dimension is within 0.012")
  func leftOut() throws {
    let prediction = HardEM.predict(
      dimension: 10, trueComponents: 12, samples: 200, variance: 0.25, counts: (20...40).map { $0 * 5 }, repeats: 40,
      evaluationSamples: 1000, key: RandomKey(seed: 3))
    let formula = HardEMApproximation(dimension: 10, trueComponents: 12, samples: 200, variance: 0.25)
    let error = try #require(formula.crossing(of: 0.1)) - #require(prediction.transition.start.value)
    // Standard error of the mean of 40 draws: 0.003. Without the factor for left-out samples: -0.022.
    #expect(abs(error) < 0.012)
  }

  @Test("a criterion moves the approximation as it moves hard EM", arguments: [0.5, 0.25, 0.2])
  func criterion(criterion: Double) throws {
    let prediction = HardEM.predict(
      dimension: 40, trueComponents: 3, samples: 150, criterion: criterion, counts: (1...30).map { $0 * 5 },
      repeats: 6, evaluationSamples: 1000, key: RandomKey(seed: 2))
    let formula = HardEMApproximation(dimension: 40, trueComponents: 3, samples: 150, criterion: criterion)
    let error = try #require(formula.crossing(of: 0.5)) - #require(prediction.transition.half.value)
    #expect(abs(error) < 0.02)
  }

  @Test("the crossing is where the ratio is", arguments: [0.1, 0.5, 0.9])
  func crossing(level: Double) throws {
    let formula = HardEMApproximation(dimension: 50, trueComponents: 12, samples: 200)
    let position = try #require(formula.crossing(of: level, tolerance: 1e-6))
    #expect(abs(formula.point(components: position * 200).ratio - level) < 1e-3)
  }

  @Test("M = N: every component is a singleton, std is zero, everything is memorized")
  func everything() {
    let point = HardEMApproximation(dimension: 30, trueComponents: 3, samples: 50).point(components: 50)
    #expect(point.singletonShare == 1 && point.learnedStd == 0 && abs(point.ratio - 1) < 1e-9)
  }

  @Test("one cluster: the variance is a unit of length and changes nothing else")
  func scale() {
    let one = HardEMApproximation(dimension: 20, trueComponents: 1, samples: 100).point(components: 70)
    let nine = HardEMApproximation(dimension: 20, trueComponents: 1, samples: 100, variance: 9).point(components: 70)
    #expect(abs(nine.learnedStd - 3 * one.learnedStd) < 1e-12)
    #expect(abs(nine.ratio - one.ratio) < 1e-12 && abs(nine.singletonShare - one.singletonShare) < 1e-12)
  }

  @Test("in a very high dimension the half tends to 1 - 2 c^2 / (1 - c^2), for every K and s")
  func limit() throws {
    #expect(abs(HardEMApproximation.limit(criterion: 1.0 / 3.0) - 0.75) < 1e-15)
    for (k, s, criterion) in [(1, 1.0, 1.0 / 3.0), (4, 0.25, 1.0 / 3.0), (4, 1, 0.25), (2, 4, 0.3)] {
      let formula = HardEMApproximation(
        dimension: 100_000, trueComponents: k, samples: 60, variance: s, criterion: criterion)
      let half = try #require(formula.crossing(of: 0.5))
      #expect(abs(half - HardEMApproximation.limit(criterion: criterion)) < 0.01)
    }
  }

  @Test("a million samples take no longer than fifty")
  func speed() {
    for samples in [50, 1_000_000] {
      let formula = HardEMApproximation(dimension: 50, trueComponents: 12, samples: samples)
      let elapsed = ContinuousClock().measure { _ = formula.crossing(of: 0.5) }
      print("half of the approximation at N = \(samples): \(elapsed)")
      // Ten times what a quiet machine takes.
      #expect(elapsed < .milliseconds(300))
    }
  }
}
