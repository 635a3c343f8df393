// SPDX-License-Identifier: MIT
import Diffusion
import Experiments
import HardEM
import Kernels
import Memorization
import Prediction
import Statistics
import Testing
import Theory
import Training

@Suite struct PredictorTests {
  private let workers = Workers(threads: 2)

  private func half(_ method: PredictionMethod, _ configuration: Configuration) throws -> Double {
    try #require(Predictor(configuration, workers: workers).prediction(method).half.value)
  }

  @Test func `the closed forms are means of t squared over the grid`() throws {
    // 1/(psi + 1) = t^2 for s = 1 of the variance-preserving process.
    let times = (0..<26).map { 0.999 - 0.998 * Double($0) / 25 }
    let mean = times.map { $0 * $0 }.reduce(0, +) / 26
    let configuration = try laboratory()
    #expect(abs(try half(.closedFormC1, configuration) - (1 - mean)) < 1e-12)
    #expect(abs(try half(.closedFormC2, configuration) - (1 - mean / 2)) < 1e-12)
    let weighted = times.map { $0 * $0 * (1 - $0 * $0) }.reduce(0, +) / times.map { 1 - $0 * $0 }.reduce(0, +)
    #expect(abs(try half(.alphaSquared, configuration) - (1 - weighted)) < 1e-12)
  }

  @Test func `the weight of the losses that are trained sends their crossing towards one`() throws {
    let crossing = try #require(Predictor(try laboratory(), workers: workers).trainingLossCrossover)
    #expect(crossing > 0.97)
    let clean = try laboratory { $0.training.prediction = .clean }
    let unweighted = try #require(Predictor(clean, workers: workers).trainingLossCrossover)
    #expect(abs(unweighted - (try half(.finiteSize, clean))) < 1e-12)
  }

  @Test func `with exact sampling hard EM sampled is hard EM`() throws {
    let configuration = try laboratory { $0.evaluation.sampler = .exact }
    let sampled = try half(.hardEMSampled, configuration)
    #expect(abs(sampled - (try half(.hardEM, configuration))) < 0.015)
  }

  @Test func `many steps of the sampler approach exact sampling, few do not at large variance`() throws {
    let exact = try half(.hardEM, try laboratory { $0.data.variance = 4 })
    let coarse = try half(.hardEMSampled, try laboratory { $0.data.variance = 4 })
    let fine = try half(
      .hardEMSampled,
      try laboratory {
        $0.data.variance = 4
        $0.evaluation.samplingTimes = TimeGrid(first: 0.999, last: 0.001, count: 401)
      })
    #expect(abs(fine - exact) < 0.02, "\(fine), exact \(exact)")
    #expect(coarse - exact > 0.02, "\(coarse), exact \(exact)")
  }

  @Test func `the formula stands in for hard EM`() throws {
    let prediction = Predictor(try laboratory(), workers: workers)
    let (formula, clustered) = (prediction.prediction(.hardEMFormula), prediction.prediction(.hardEM))
    for (a, b) in [(formula.start, clustered.start), (formula.half, clustered.half), (formula.end, clustered.end)] {
      let (a, b) = (try #require(a?.value), try #require(b?.value))
      #expect(abs(a - b) < 0.03, "\(a), \(b)")
    }
  }

  @Test func `hard EM sees the weights of the law and its copies, the losses do not`() throws {
    let plain = try laboratory(20, 3, 40)
    let copies = try laboratory(20, 3, 40) { $0.data.duplicates = 0.4 }
    #expect(try half(.finiteSize, plain) == half(.finiteSize, copies))
    // A copy of a duplicated sample has d1 = d2 = 0: the test never calls it memorized, so the ratio stays low.
    let prediction = Predictor(copies, workers: workers).hardEM()
    let last = try #require(prediction.points.last)
    #expect(last.components == 40 && abs(last.ratio.value - 0.2) < 0.05, "\(last)")
  }
}
