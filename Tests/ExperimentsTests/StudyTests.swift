// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Experiments
import Foundation
import Testing
import Training

@Suite struct StudyTests {
  private func study(_ text: String, _ overrides: [String] = []) throws -> Study {
    try Study.parse(text, source: "Studies/example.yaml", overrides: overrides)
  }

  @Test func `a study that says little means the paper's laboratory at quick budget`() throws {
    let study = try study("samples: 50")
    #expect(study.name == "example" && study.title == "example" && study.refinement == 10)
    #expect(study.configurations.count == 1 && study.componentCounts == [[5, 10, 15, 20, 25, 30, 35, 40, 45, 50]])
    let expected = Configuration(
      data: DataSettings(dimension: 30, trueComponents: 3, samples: 50), training: try .quick())
    #expect(study.configurations == [expected])
    #expect(study.warnings.isEmpty)
  }

  @Test func `a grid is the product of its axes, seeds fastest`() throws {
    let study = try study(
      """
      dimension: [30, 40]
      trueComponents: [3, 6, 9]
      samples: [50, 100]
      variance: [0.5, 1]
      preset: [quick, paper]
      process: [vp, fm]
      initialization: [partial-memorization, {gaussian: {scale: 2, std: 0.5}}]
      dataSeed: [1, 2]
      seed: [3, 4]
      refinement: 0
      """)
    #expect(study.configurations.count == 2 * 3 * 2 * 2 * 2 * 2 * 2 * 2 * 2)
    #expect(Set(study.configurations).count == study.configurations.count)
    #expect(study.runCount == study.configurations.count * 10 && study.runs.count == study.runCount)
    #expect(
      study.configurations.prefix(4).map { [$0.data.dataSeed, $0.seed] } == [[1, 3], [1, 4], [2, 3], [2, 4]])
    #expect(study.configurations.first?.training.preset == .quick)
    #expect(study.configurations.last?.training.preset == .paper)
  }

  @Test func `the data seed follows the seed unless it is given`() throws {
    let following = try study("seed: [4, 9]")
    #expect(following.configurations.map(\.data.dataSeed) == [4, 9])
    #expect(following.configurations.map(\.seed) == [4, 9])
    let fixed = try study("seed: [4, 9]\ndataSeed: 1")
    #expect(fixed.configurations.map(\.data.dataSeed) == [1, 1])
    #expect(try study("seed: [4, 9]\ndataSeed: seed") == following)
  }

  @Test(arguments: [
    ("components: 7", [7]), ("components: [9, 3]", [3, 9]),
    ("components: tenths", [5, 10, 15, 20, 25, 30, 35, 40, 45, 50]),
    ("components: {fractions: [0.5, 0.15, 1, 0.151]}", [8, 25, 50]),
    ("components: 80\ninitialization: gaussian", [80]), ("components: 3\ninitialization: truth", [3]),
  ])
  func `capacities are numbers, lists, fractions of N or tenths`(text: String, expected: [Int]) throws {
    #expect(try study(text).componentCounts == [expected])
  }

  @Test func `fractions follow N`() throws {
    let study = try study("samples: [10, 20]\ncomponents: {fractions: [0.5]}")
    #expect(study.componentCounts == [[5], [10]] && study.runCount == 2)
  }

  @Test func `the truth start is not refined`() throws {
    #expect(try study("initialization: truth\ncomponents: 3").refinement == 0)
  }

  @Test func `starts have payloads and defaults`() throws {
    let starts: [(String, Initialization)] = [
      ("partial-memorization", .partialMemorization(std: 1e-3)),
      ("{partial-memorization: {std: 0.01}}", .partialMemorization(std: 0.01)),
      ("gaussian", .gaussian(scale: 1, std: 1)), ("{gaussian: {scale: 2}}", .gaussian(scale: 2, std: 1)),
      ("sphere", .sphere(radius: nil, std: 1)), ("{sphere: {radius: 3, std: 0.1}}", .sphere(radius: 3, std: 0.1)),
    ]
    for (text, expected) in starts {
      #expect(try study("initialization: \(text)").configurations.first?.initialization == expected)
    }
    #expect(
      try study("components: 3\ninitialization: {truth: {std: 2}}").configurations.first?.initialization
        == .truth(std: 2))
  }

  @Test func `each process has its own default times, and a field given changes that field alone`() throws {
    let plain = try study("process: [vp, ve, fm]")
    let ve = TimeGrid(spacing: .karras(rho: 7), first: 22.3, last: 0.001, count: 26)
    #expect(plain.configurations.map(\.times) == [.paper, ve, .paper])
    #expect(plain.configurations.allSatisfy { $0.evaluation.samplingTimes == nil })
    var longer = (vp: TimeGrid.paper, ve: ve)
    (longer.vp.count, longer.ve.count) = (50, 50)
    let counted = try study("process: [vp, ve]\ntimes: {count: 50}")
    #expect(counted.configurations.map(\.times) == [longer.vp, longer.ve])
    let keyed = try study("process: [vp, ve]\ntimes: {ve: {count: 50}}\nsamplingTimes: {ve: {spacing: log-snr}}")
    #expect(keyed.configurations.map(\.times) == [.paper, longer.ve])
    longer.ve.spacing = .logSNR
    #expect(keyed.configurations.map(\.evaluation.samplingTimes) == [.paper, longer.ve])
  }

  @Test func `the default times of ve span the noise of vp`() throws {
    let study = try study("process: [vp, ve]")
    let ratios = study.configurations.map { configuration in
      configuration.times.times(of: configuration.process.process)
        .map { configuration.process.process.sigma($0) / configuration.process.process.alpha($0) }
    }
    #expect(abs(ratios[0][0] / ratios[1][0] - 1) < 0.01 && abs(ratios[0][25] / ratios[1][25] - 1) < 0.01)
  }

  @Test func `budgets can differ by preset, and few paper steps warn`() throws {
    let study = try study("preset: [quick, paper]\nsteps: {paper: 20000}\ndraws: 7\npeakRate: {quick: 0.004}")
    let (quick, paper) = (study.configurations[0].training, study.configurations[1].training)
    #expect(quick.steps == 5000 && quick.draws == 7 && quick.peakRate == 0.004 && quick.beta2 == 0.99)
    #expect(paper.steps == 20_000 && paper.draws == 7 && paper.peakRate == 1e-3 && paper.beta2 == 0.999)
    #expect(study.warnings == [try #require(TrainingSettings.paper(steps: 20_000).warning)])
  }

  @Test func `weights, measures and the criterion reach the settings`() throws {
    let study = try study(
      """
      weight: {min-snr: 5}
      prediction: velocity
      kernel: dense
      sampler: heun
      criterion: 1/3
      evaluationSamples: 77
      heldOutSamples: 88
      losses: false
      """)
    let configuration = study.configurations[0]
    #expect(configuration.training.weight == .minSNR(limit: 5) && configuration.training.prediction == .velocity)
    #expect(configuration.training.kernel == .dense && configuration.data.heldOutSamples == 88)
    #expect(
      configuration.evaluation == EvaluationSettings(sampler: .heun, samples: 77, criterion: 1.0 / 3.0, losses: false))
  }

  @Test func `settings on the command line replace what the file says`() throws {
    let text = "samples: 50\ntimes: {count: 10}\ninitialization: gaussian"
    let changed = try study(
      text, ["N=[20, 40]", "d=8", "K=2", "M=5", "seeds=[1, 2]", "times.last=0.01", "initialization.sphere.std=0.5"])
    let data = changed.configurations.map(\.data)
    #expect(data.map(\.samples) == [20, 20, 40, 40] && data.allSatisfy { $0.dimension == 8 && $0.trueComponents == 2 })
    #expect(changed.configurations[0].times == TimeGrid(first: 0.999, last: 0.01, count: 10))
    #expect(changed.configurations[0].initialization == .sphere(radius: nil, std: 0.5))
    #expect(changed.componentCounts.allSatisfy { $0 == [5] })
    #expect(changed.configurations.map(\.seed) == [1, 2, 1, 2])
  }

  @Test func `a study needs no file`() throws {
    let study = try Study(
      StudySettings(commandLine: [("d", "40"), ("trueComponents", "6"), ("N", nil)]), name: "transition")
    #expect(study.name == "transition" && study.configurations[0].data.dimension == 40)
    #expect(study.configurations[0].data.samples == 50)
    #expect(throws: StudyError.self) { try StudySettings(commandLine: [("d", "0")]) }
  }
}
