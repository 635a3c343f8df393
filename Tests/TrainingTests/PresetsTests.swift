// SPDX-License-Identifier: MIT
import Diffusion
import Foundation
import Testing
import Training

@Suite struct PresetsTests {
  @Test func `the paper preset is appendix H`() {
    let paper = TrainingSettings.paper()
    #expect(paper.steps == 50_000 && paper.draws == 100 && paper.warmUpSteps == 5_000)
    #expect(paper.peakRate == 1e-3 && paper.finalRate == 1e-6 && paper.clipNorm == 1e9)
    #expect(paper.beta1 == 0.9 && paper.beta2 == 0.999 && paper.epsilon == 1e-8 && paper.updateDecay == 0.99)
    #expect(paper.prediction == .noise && paper.weight == .unit && paper.kernel == .auto)
    #expect(paper.warning == nil)
  }

  @Test(arguments: [(5_000, 10.0), (2_000, 25), (1_000, 50), (50_000, 1)])
  func `quick rescales the time constants with k`(steps: Int, k: Double) throws {
    let quick = try TrainingSettings.quick(steps: steps)
    #expect(quick.draws == 4 && quick.warmUpSteps == steps / 10 && quick.preset == .quick)
    #expect(quick.beta2 == 1 - 0.001 * k && quick.updateDecay == 1 - 0.01 * k)
    #expect(abs(quick.peakRate - 1e-3 * exp(0.7 * log(k))) < 1e-15)
    #expect(quick.finalRate == 1e-6 && quick.clipNorm == 1e9 && quick.warning == nil)
  }

  @Test func `quick at the paper's steps is the paper's optimizer`() throws {
    var quick = try TrainingSettings.quick(steps: 50_000, draws: 100)
    quick.preset = .paper
    #expect(quick == .paper())
  }

  @Test func `fewer than 1000 quick steps are refused in one line`() {
    #expect(throws: TrainingSettings.PresetError.tooFewSteps(999, of: 50_000)) {
      try TrainingSettings.quick(steps: 999)
    }
    let text = TrainingSettings.PresetError.tooFewSteps(999, of: 50_000).description
    #expect(
      text == "steps: 999 is too few for a quick preset (k = 50000/steps must not exceed 50); allowed: 1000 or more")
  }

  @Test func `fewer paper steps keep the constants and warn what goes wrong`() throws {
    let short = TrainingSettings.paper(steps: 20_000)
    #expect(short.beta2 == 0.999 && short.updateDecay == 0.99 && short.peakRate == 1e-3)
    #expect(short.warmUpSteps == 2_000)
    let warning = try #require(short.warning)
    #expect(warning.hasPrefix("20000 steps with the paper's constants"))
    for fact in ["0.999^n", "20,000 steps move M_pt/N from .78 to about .6", "10,000 or fewer memorize at every M"] {
      #expect(warning.contains(fact))
    }
    #expect(TrainingSettings.paper(steps: 60_000).warning == nil)
  }
}
