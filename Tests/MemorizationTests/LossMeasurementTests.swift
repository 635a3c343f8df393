// SPDX-License-Identifier: MIT
import Diffusion
import Kernels
import LabTesting
import Memorization
import Statistics
import Testing

struct LossMeasurementTests {
  private let process = VariancePreserving()
  private let times = [0.999, 0.7, 0.36, 0.05, 0.001]
  private let key = RandomKey(seed: 61)
  /// N(0, 2.25 I).
  private var samples: Matrix {
    Matrix(1.5 * key.child("x").normalRows(1500, 6))
  }

  private func gaussian(_ variance: Double) -> GaussianDenoiser {
    GaussianDenoiser(mean: Array(repeating: 0, count: 6), variance: variance)
  }

  private func measure(
    _ denoiser: GaussianDenoiser? = nil, rows: Int = 1500,
    times: [Double]? = nil, draws: Int = 3, prediction: Prediction = .clean, threads: Int = 1
  ) -> [Estimate] {
    LossMeasurement.measure(
      denoiser: denoiser ?? gaussian(2.25), samples: samples.gathering(0..<rows), process: process,
      times: times ?? self.times, draws: draws, prediction: prediction, key: key.child("noise"),
      workers: Workers(threads: threads))
  }

  @Test(
    "of a Gaussian law every prediction has its closed-form loss, within 5 standard errors",
    arguments: Prediction.allCases)
  func closedForm(prediction: Prediction) {
    let losses = measure(prediction: prediction)
    for (t, loss) in zip(times, losses) {
      // Clean error d s sigma^2 / V, scaled by a(t)^2.
      let (alpha, sigma) = (process.alpha(t), process.sigma(t))
      let clean = 6 * 2.25 * sigma * sigma / (alpha * alpha * 2.25 + sigma * sigma)
      let exact = clean * Prediction.clean.lossFactor(to: prediction, process: process, at: t)
      let error = (loss.high - loss.value) / 1.96
      #expect(abs(loss.value - exact) < 5 * error, "t = \(t): \(loss) against \(exact)")
      #expect(loss.trials == 1500)
      // A denoiser for a law of the wrong variance must be seen (the interval is a few per cent wide).
      #expect(error < 0.03 * exact)
    }
  }

  @Test("a wrong denoiser is outside the interval of the right one's loss")
  func wrong() {
    let (right, wrong) = (measure(), measure(gaussian(1)))
    #expect(wrong[1].low > right[1].high)
  }

  @Test("the standard error is that over samples, draws averaged first")
  func standardError() {
    // 100 draws of one sample are no 100 samples: at t = 0.999 the clean error is |x|^2, whose spread over samples
    // does not shrink with the draws.
    let one = measure(rows: 200, times: [0.999], draws: 1)[0]
    let many = measure(rows: 200, times: [0.999], draws: 50)[0]
    #expect(many.high - many.value > 0.8 * (one.high - one.value))
    // Var |x|^2 = 2 d s^2: half-width 1.96 sqrt(2 * 6 * 2.25^2 / 200) = 1.08; its own spread is about 10 %.
    #expect(abs(many.high - many.value - 1.08) < 0.5)
  }

  @Test("the noise of a time, sample and draw depends on nothing else")
  func keyedNoise() {
    let all = measure()
    #expect(measure(times: [0.36])[0] == all[2])
    #expect(measure(threads: 2) == all)
    // Common random numbers: equal denoisers, equal errors; together or alone.
    let pair = LossMeasurement.measure(
      denoisers: [gaussian(1), gaussian(2.25)],
      samples: samples, process: process, times: times, draws: 3, key: key.child("noise"))
    #expect(pair[1] == all)
    // The first 700 samples keep their noise when there are 1,500: their mean is that of the smaller set.
    let (first, second) = (measure(rows: 700)[2].value, all[2].value)
    let rest = LossMeasurement.measure(
      denoiser: gaussian(2.25), samples: samples.gathering(0..<700), process: process,
      times: [0.36], draws: 3, key: key.child("noise"))[0].value
    #expect(first == rest && first != second)
  }

  @Test("no two times, samples or draws share a noise")
  func distinctNoise() {
    // Of x0 = 0 the clean error is (alpha s / V)^2 sigma^2 |eps|^2: divided by its factor, the mean of |eps|^2.
    func meanSquare(_ t: Double, rows: Int, draws: Int) -> Double {
      let loss = LossMeasurement.measure(
        denoiser: gaussian(1), samples: Matrix(rows: rows, columns: 6), process: process, times: [t], draws: draws,
        key: key)[0].value
      let (alpha, sigma) = (process.alpha(t), process.sigma(t))
      return loss / (alpha * alpha * sigma * sigma)
    }
    // Apart by far more than rounding and by what independent noise allows: 600 values have a spread of 0.14.
    let reference = meanSquare(0.5, rows: 600, draws: 1)
    #expect(abs(reference - 6) < 0.7)
    for other in [
      meanSquare(0.4, rows: 600, draws: 1), meanSquare(0.5, rows: 1200, draws: 1), meanSquare(0.5, rows: 600, draws: 2),
      meanSquare(0.5, rows: 512, draws: 1),
    ] {
      #expect(abs(other - reference) > 1e-6 && abs(other - 6) < 0.7)
    }
    // Blocks of 512 rows: the second block's noise is not the first's again.
    #expect(abs(meanSquare(0.5, rows: 1024, draws: 1) - meanSquare(0.5, rows: 512, draws: 1)) > 1e-6)
  }
}
