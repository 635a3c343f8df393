// SPDX-License-Identifier: MIT
import Diffusion
import Experiments
import HardEM
import Kernels
import Memorization
import Prediction
import Testing
import Theory

@Suite struct SafeBudgetTests {
  private let workers = Workers(threads: 2)

  private func budget(_ configuration: Configuration, alwaysClusters: Bool = false) -> SafeBudget {
    SafeBudget(predictor: Predictor(configuration, workers: workers), alwaysClusters: alwaysClusters)
  }

  @Test func `the largest safe M lies below the prediction interval of the start`() throws {
    let configuration = try laboratory()
    let safe = try budget(configuration).components()
    #expect(safe.method == .hardEMSampled && safe.promise.contains("95 %"))
    // The whole curve has other capacities, so that its start differs by the noise of 500 samples.
    let start = try #require(Predictor(configuration, workers: workers).prediction(.hardEMSampled).start?.low)
    #expect(abs(Double(safe.value) - start * 50) < 2, "\(safe.value), start \(start)")
  }

  @Test func `beyond what is cheap the formula answers, below its start by its error`() throws {
    let configuration = try laboratory(50, 12, 1_000_000)
    let safe = try budget(configuration).components()
    let start = try #require(Predictor(configuration).formula?.crossing(of: 0.1))
    #expect(safe.method == .hardEMFormula && safe.promise.contains("assumed"))
    #expect(abs(Double(safe.value) / 1e6 - (start - 1.96 * 0.03)) < 1e-5, "\(safe.value), start \(start)")
    // Too many steps to be cheap, but the formula's error is known there.
    let slow = try laboratory {
      $0.evaluation.samplingTimes = .paper
      $0.evaluation.samplingTimes?.count = 251
    }
    let error = try #require(PredictionError.expected(.hardEMFormula, PredictionSetting(slow))?.start)
    let known = try #require(Predictor(slow).formula?.crossing(of: 0.1)) - 1.96 * error
    #expect(try budget(slow).components().value == Int(known * 50))
  }

  @Test func `safe samples answer safe components`() throws {
    for (configuration, components) in [(try laboratory(50, 12, 2), 14_000), (try laboratory(), 32)] {
      let needed = try budget(configuration).samples(components: components).value
      var found = configuration
      found.data.samples = needed
      #expect(try budget(found).components().value >= components, "\(needed)")
      found.data.samples = Int(Double(needed) * 0.9)
      #expect(try budget(found).components().value < components, "\(needed)")
    }
  }

  @Test func `a ratio that never reaches a tenth is safe at any M, one that always does at none`() throws {
    let never = try laboratory(10, 2, 12) { $0.evaluation.criterion = 1e-6 }
    #expect(try budget(never).components().value == 12)
    #expect(try budget(never).samples(components: 40).value == 40)
    let always = try laboratory(10, 2, 12) { $0.evaluation.criterion = 1 }
    #expect(try budget(always).components().value == 0)
    #expect(throws: SafeBudget.Problem.neverSafe) { try budget(always).samples(components: 5) }
  }

  @Test func `the formula is not asked about copies: that takes hard EM`() throws {
    let copies = try laboratory(10, 2, 20_000) { $0.data.duplicates = 0.2 }
    #expect(throws: SafeBudget.Problem.needsClusters) { try budget(copies).components() }
  }
}
