// SPDX-License-Identifier: MIT
import Diffusion
import Testing
import Theory

@Suite struct ClosedFormTests {
  private let vp = VariancePreserving()
  private var times: [Double] { TimeGrid.paper.times(of: vp) }

  @Test func `at variance 1 the crossover on a fine grid is 1 - 1/(3C), from the integral of t squared`() {
    let fine = TimeGrid(first: 1 - 1e-6, last: 1e-6, count: 20_001).times(of: vp)
    let weights = fine.map { _ in 1.0 }
    for constant in [1.0, 1.5, 2] {
      let value = Crossover.closedForm(
        variance: 1, constant: constant, weights: weights, process: vp, times: fine)
      #expect(abs(value - (1 - 1 / (3 * constant))) < 1e-4, "C = \(constant): \(value)")
    }
    // Integrals of (1 - t^2) t^2 and 1 - t^2: 2/15 over 2/3 is 1/5.
    let alpha = Crossover.cleanWeights(.alphaSquared, process: vp, times: fine)
    let value = Crossover.closedForm(variance: 1, weights: alpha, process: vp, times: fine)
    #expect(abs(value - 0.8) < 1e-4, "\(value)")
  }

  @Test func `the crossover is the M at which the weighted losses are equal, for every process and weight`() {
    for name in ProcessName.allCases {
      let process = name.process
      let times = TimeGrid.paper.times(of: process)
      for weight in [LossWeight.unit, .signalToNoise, .alphaSquared, .minSNR(limit: 5)] {
        for (prediction, variance) in [(Prediction.clean, 0.25), (.noise, 4), (.velocity, 1)] {
          let weights = Crossover.cleanWeights(weight, of: prediction, process: process, times: times)
          let share = Crossover.closedForm(
            variance: variance, constant: 1.5, weights: weights, process: process, times: times)
          // The same sum, term by term, in the units of the prediction: an independent route.
          let loss = ExcessLoss(dimension: 7, variance: variance, prediction: prediction)
          let million = 1_000_000
          var (left, right) = (0.0, 0.0)
          for (index, t) in times.enumerated() {
            let lambda = weight.value(at: t, index: index, process: process)
            left += lambda * loss.generalizing(process: process, at: t)
            right +=
              lambda
              * loss.partiallyMemorizing(
                components: Int((share * Double(million)).rounded()), samples: million, constant: 1.5,
                process: process, at: t)
          }
          #expect(abs(left - right) <= 2e-6 * Double(times.count) * max(left, right) / max(1 - share, 1e-6))
          #expect(left > 0 && right >= 0)
        }
      }
    }
  }

  @Test func `losses of other predictions are the clean ones times the squared coefficient of x0`() {
    let clean = ExcessLoss(dimension: 3, variance: 2)
    for prediction in Prediction.allCases {
      let loss = ExcessLoss(dimension: 3, variance: 2, prediction: prediction)
      for t in times {
        let a = prediction.cleanCoefficient(vp, at: t)
        let expected = clean.generalizing(process: vp, at: t) * a * a
        #expect(abs(loss.generalizing(process: vp, at: t) - expected) <= 1e-12 * expected)
      }
    }
  }

  @Test func `everything memorized leaves no excess, nothing memorized leaves C d s`() {
    let loss = ExcessLoss(dimension: 5, variance: 2)
    #expect(loss.partiallyMemorizing(components: 9, samples: 9, process: vp, at: 0.3) == 0)
    #expect(loss.partiallyMemorizing(components: 0, samples: 9, constant: 2, process: vp, at: 0.3) == 20)
  }
}
