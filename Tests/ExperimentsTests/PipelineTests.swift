// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Experiments
import Kernels
import Memorization
import Statistics
import Testing
import Training

@Suite("The pipeline from settings to record")
struct PipelineTests {
  private func study(_ change: (inout StudySettings) -> Void = { _ in }) throws -> Study {
    try Study(name: "test") { settings in
      (settings.dimension, settings.trueComponents, settings.samples) = ([6], [3], [20])
      (settings.steps, settings.heldOutSamples, settings.evaluationSamples) = (.each(1000), 100, 300)
      change(&settings)
    }
  }

  private func grid(_ components: [Int]) throws -> Study {
    try study { ($0.components, $0.refinement) = (.counts(components), 0) }
  }

  private func run(_ study: Study, components: Int, workers: Workers = .serial) throws -> RunResult {
    let settings = RunSettings(configuration: study.configurations[0], capacity: components)
    let prepared = try PreparedData(settings.configuration, workers: workers)
    return try Pipeline.run(settings, prepared: prepared, workers: workers)
  }

  @Test("a run alone and inside a study is the same run")
  func aloneAndInside() throws {
    let study = try grid([4, 8, 12])
    let alone = try run(study, components: 8, workers: Workers(threads: 2))
    let records = try StudyRunner(study).run(
      into: Recorder(), threads: 2, observer: { _ in })
    #expect(records.map(\.settings.capacity) == [4, 8, 12])
    #expect(records[1].measurements == alone.record.measurements)
  }

  @Test("runs that exist are not repeated, and refinement looks at the grid alone")
  func resumes() throws {
    let study = try study()
    let first = Recorder()
    let all = try StudyRunner(study).run(
      into: first, threads: 1, observer: { _ in })
    #expect(all.count > 10, "no refinement: \(all.count) runs")
    for kept in [1, 7, all.count - 1, all.count] {
      let sink = Recorder(Array(first.stored.prefix(kept)))
      let again = try StudyRunner(study).run(
        into: sink, threads: 2, observer: { _ in })
      #expect(again.map(\.measurements) == all.map(\.measurements))
      #expect(sink.stored.count == all.count - kept)
    }
  }

  @Test("a failing store ends the work with its error")
  func failingStore() throws {
    struct Full: Error {}
    final class Failing: RunSink {
      func existing() -> [RunRecord] { [] }
      func store(_ result: RunResult) throws { throw Full() }
    }
    #expect(throws: Full.self) {
      try StudyRunner(try grid([4, 5, 6])).run(
        into: Failing(), threads: 2, observer: { _ in })
    }
  }

  @Test("a divergence is recorded with advice and does not end the study")
  func divergence() throws {
    var study = try grid([4, 8]).configurations[0]
    study.initialization = .gaussian(scale: .infinity, std: 1)
    let records = try StudyRunner(
      [CapacityCurve(study, .grid([4, 8], refinement: 0, samples: 20))]
    ).run(into: Recorder(), threads: 1, observer: { _ in })
    #expect(records.count == 2 && records.allSatisfy { $0.measurements == nil })
    guard case .diverged(let step, let advice) = records[0].outcome else {
      Issue.record("no divergence")
      return
    }
    #expect(step == 0 && !advice.isEmpty)
  }

  @Test("losses of all four denoisers are there, ordered as theory says")
  func losses() throws {
    let losses = try #require(try run(try study(), components: 10).record.measurements?.losses)
    #expect(losses.count == 8)
    func loss(_ subject: LossByTime.Subject, _ split: LossByTime.Split) throws -> Double {
      try #require(losses.first { $0.subject == subject && $0.split == split }?.nearest(signalToNoise: 6.704)).value
    }
    // On training samples memorizing is optimal; on held-out samples the truth is.
    #expect(try loss(.memorizing, .train) < loss(.partial, .train))
    #expect(try loss(.memorizing, .train) < loss(.generalizing, .train))
    #expect(try loss(.generalizing, .test) < loss(.memorizing, .test))
    #expect(try loss(.generalizing, .test) < loss(.trained, .test))
  }

  @Test("the exact sampler draws from the trained mixture itself")
  func exactSampler() throws {
    let result = try run(try study { ($0.sampler, $0.evaluationSamples) = (.exact, 4000) }, components: 20)
    let samples = try #require(result.samples)
    // Squared distance to the nearest mean over s is about chi-square with d = 6 degrees: mean 6, std sqrt(12 / 4000).
    let model = try #require(result.model as? MixtureModel)
    let s = model.std * model.std
    let nearest = NearestTwo.search(samples, in: model.componentMeans).map { $0.d1 * $0.d1 / s }
    let mean = nearest.reduce(0, +) / 4000
    #expect(abs(mean - 6) < 6 * (12.0 / 4000).squareRoot(), "mean \(mean)")
  }

  @Test("duplicates are copies, and component weights fall by their ratio")
  func dataVariants() throws {
    let duplicated = try study { $0.duplicates = [0.25] }.configurations[0].data.dataset
    #expect(Set((0..<20).map { Array(duplicated.train.row($0)) }).count == 15)
    // Half of an odd number: one sample has no partner.
    let half = try study { ($0.duplicates, $0.samples) = ([0.5], [7]) }.configurations[0].data.dataset
    #expect(Set((0..<7).map { Array(half.train.row($0)) }).count == 4)
    let weighted = try study { ($0.componentRatio, $0.samples) = ([0.5], [6000]) }.configurations[0].data.dataset
    let counts = (0..<3).map { label in weighted.trainLabels.count { $0 == label } }
    // 4 : 2 : 1 within five standard errors of a binomial count.
    for (count, share) in zip(counts, [4.0 / 7, 2.0 / 7, 1.0 / 7]) {
      #expect(abs(Double(count) - 6000 * share) < 5 * (6000 * share * (1 - share)).squareRoot(), "\(counts)")
    }
  }
}

/// Keeps records in memory.
private final class Recorder: RunSink {
  private let known: [RunRecord]
  private(set) var stored: [RunRecord] = []

  init(_ known: [RunRecord] = []) { self.known = known }

  func existing() -> [RunRecord] { known }
  func store(_ result: RunResult) { stored.append(result.record) }
}
