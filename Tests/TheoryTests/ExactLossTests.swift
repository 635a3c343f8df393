// SPDX-License-Identifier: MIT
import Diffusion
import Foundation
import Kernels
import Testing
import Theory

/// Small cases of the finite-size loss: exact values, and brute force in few dimensions where every term counts.
@Suite struct ExactLossTests {
  private let vp = VariancePreserving()
  private let times = [0.98, 0.9, 0.75, 0.55, 0.35, 0.15, 0.02]

  @Test func `one memorized sample is always the answer: 2 d s, and nothing for itself`() {
    let times = TimeGrid.paper.times(of: vp)
    for (d, s, bound) in [(6, 1.0, 5e-5), (50, 0.25, 1e-5), (30, 4, 1e-5)] {
      let losses = FiniteSizeLoss(
        dimension: d, trueComponents: 1, samples: 10, variance: s, process: vp, times: times)
      let values = losses.values(1)
      for index in times.indices {
        #expect(abs(values.leftOut[index] / (2 * Double(d) * s) - 1) < bound, "t = \(times[index])")
        #expect(values.memorized[index] == 0)
      }
    }
  }

  @Test func `with very many memorized samples a left-out one is denoised as by the law itself, where noise is large`()
  {
    let losses = FiniteSizeLoss(
      dimension: 10, trueComponents: 1, samples: 1_000_000_000, variance: 1, process: vp, times: [0.98, 0.95, 0.9])
    let values = losses.values(1e9)
    for index in losses.times.indices {
      #expect(abs(values.leftOut[index] / losses.generalizing[index] - 1) < 1e-4)
      #expect(abs(values.memorized[index] / losses.generalizing[index] - 1) < 1e-4)
    }
  }

  /// Squared errors of a new and of a memorized sample under the posterior over m draws of N(0, I_d).
  private func draw(_ d: Int, _ m: Int, at t: Double, _ key: RandomKey) -> (leftOut: Double, memorized: Double) {
    let normals = key.normals((m + 2) * d)
    func vector(_ index: Int) -> ArraySlice<Double> { normals[index * d..<(index + 1) * d] }
    func error(of x: ArraySlice<Double>) -> Double {
      let noised = zip(x, vector(m + 1)).map { vp.alpha(t) * $0 + vp.sigma(t) * $1 }
      let logits = (0..<m).map { j in
        -zip(noised, vector(j)).reduce(0) { $0 + pow($1.0 - vp.alpha(t) * $1.1, 2) } / (2 * vp.sigma(t) * vp.sigma(t))
      }
      let powers = logits.map { exp($0 - (logits.max() ?? 0)) }
      let total = powers.reduce(0, +)
      return zip(x.indices, 0..<d).reduce(0) { sum, place in
        let mean = (0..<m).reduce(0) { $0 + powers[$1] * normals[$1 * d + place.1] } / total
        return sum + pow(x[place.0] - mean, 2)
      }
    }
    return (error(of: vector(m)), error(of: vector(0)))
  }

  /// 5 standard errors of 20,000 draws, 3 cases x 7 times x 2: false alarm 3e-5. 0.2 % is left to the frozen limit.
  @Test(arguments: [(6, 2), (8, 3), (10, 12)])
  func `losses are the brute-force ones for a few samples of one cluster`(_ d: Int, _ m: Int) {
    let losses = FiniteSizeLoss(dimension: d, trueComponents: 1, samples: m, variance: 1, process: vp, times: times)
    let values = losses.values(Double(m))
    for (index, t) in times.enumerated() {
      let key = RandomKey(seed: 3).child(d).child(index)
      let errors = (0..<20_000).map { draw(d, m, at: t, key.child($0)) }
      for (expected, drawn) in [
        (values.leftOut[index], errors.map(\.leftOut)), (values.memorized[index], errors.map(\.memorized)),
      ] {
        let mean = drawn.reduce(0, +) / 20_000
        let error = (drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19_999 / 20_000).squareRoot()
        #expect(
          abs(mean - expected) < 5 * error + 2e-3 * expected + 1e-6,
          "t = \(t): \(expected), drawn \(mean) +- \(error)")
      }
    }
  }
}
