// SPDX-License-Identifier: MIT
import Diffusion
import Kernels
import LabTesting
import Testing

@Suite struct PredictionTests {
  private static let places = ProcessName.allCases.flatMap { name in
    [0.001, 0.04, 0.5, 0.9, 0.999].map { (name, $0) }
  }
  let clean = RandomKey(seed: 3).child("clean").normalRows(5, 7)
  let noise = RandomKey(seed: 3).child("noise").normalRows(5, 7)

  /// The four predictions by their definitions.
  private func defined(_ prediction: Prediction, _ process: any DiffusionProcess, _ t: Double) -> Matrix {
    switch prediction {
    case .clean: clean
    case .noise: noise
    case .velocity: Matrix(process.alphaPrime(t) * clean + process.sigmaPrime(t) * noise)
    case .score: Matrix(-1 / process.sigma(t) * noise)
    }
  }

  @Test(arguments: places) func `all sixteen conversions keep the definitions and return`(
    name: ProcessName, t: Double
  ) {
    let process = name.process
    let noised = Matrix(process.alpha(t) * clean + process.sigma(t) * noise)
    for from in Prediction.allCases {
      for to in Prediction.allCases {
        let start = defined(from, process, t)
        let there = from.convert(start, to: to, noised: noised, process: process, at: t)
        // Rounding of x_t and of the start, seen through the coefficients of the conversion.
        let (a, c) = (from.cleanCoefficient(process, at: t), to.cleanCoefficient(process, at: t))
        let gain = max(1, abs(c / a), abs(to.noisedCoefficient(process, at: t)))
        let error = RelativeError.worstRow(there, defined(to, process, t))
        #expect(error <= 1e-14 * gain, "\(from) to \(to): \(error)")
        let back = to.convert(there, to: from, noised: noised, process: process, at: t)
        let reach = max(1, abs(a / c), abs(c / a)) * max(1, 1 / process.sigma(t))
        #expect(RelativeError.worstRow(back, start) <= 1e-14 * reach, "\(from) to \(to) and back")
      }
    }
  }

  @Test func `noise and score convert without a detour through the clean estimate`() {
    // Through x0 the coefficient of x_t is a difference of numbers near 1 / sigma and leaves 1e-10 at t = 0.001.
    let process = VariancePreserving()
    let noised = Matrix(process.alpha(0.001) * clean + process.sigma(0.001) * noise)
    let score = Matrix(-1000 * noise)
    let back = Prediction.score.convert(score, to: .noise, noised: noised, process: process, at: 0.001)
    #expect(RelativeError.worstRow(back, noise) < 1e-15)
    let same = Prediction.velocity.convert(score, to: .velocity, noised: noised, process: process, at: 0.3)
    #expect(same == score)
  }

  @Test(arguments: places) func `squared errors scale by the loss factor`(name: ProcessName, t: Double) {
    let process = name.process
    let noised = Matrix(process.alpha(t) * clean + process.sigma(t) * noise)
    let other = RandomKey(seed: 4).normalRows(5, 7)
    func loss(_ prediction: Prediction) -> Double {
      let right = Prediction.clean.convert(clean, to: prediction, noised: noised, process: process, at: t)
      let wrong = Prediction.clean.convert(other, to: prediction, noised: noised, process: process, at: t)
      return Matrix(right - wrong).values.reduce(0) { $0 + $1 * $1 }
    }
    for from in Prediction.allCases {
      for to in Prediction.allCases {
        let factor = from.lossFactor(to: to, process: process, at: t)
        #expect(RelativeError.of(factor * loss(from), loss(to)) < 1e-11, "\(from) to \(to)")
      }
    }
  }

  @Test func `a denoiser's four predictions follow from its two faces`() {
    let denoiser = GaussianDenoiser(mean: [1, 2], variance: 0.5)
    let (process, t) = (FlowMatching(), 0.3)
    let points = RandomKey(seed: 5).normalRows(4, 2)
    let posterior = denoiser.posterior(points, process: process, at: t)
    for prediction in Prediction.allCases {
      let direct = denoiser.predict(prediction, noised: points, process: process, at: t)
      let converted = Prediction.clean.convert(
        posterior.clean, to: prediction, noised: points, process: process, at: t)
      #expect(RelativeError.worstRow(direct, converted) < 1e-13, "\(prediction)")
    }
  }
}
