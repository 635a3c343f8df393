// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing
import Verbatim

/// The other requests as a program makes them.
@Suite("Requests and their outcomes")
struct RequestTests {
  private var small: StudySettings {
    var settings = StudySettings()
    (settings.dimension, settings.trueComponents, settings.samples) = ([8], [2], [20])
    (settings.steps, settings.evaluationSamples, settings.heldOutSamples) = ([.quick: 1000], 100, 100)
    return settings
  }

  private func small(_ change: (inout StudySettings) -> Void) -> StudySettings {
    var settings = small
    change(&settings)
    return settings
  }

  private func problem(_ make: () throws -> Void) -> String {
    do { try make() } catch { return "\(type(of: error)) \(error)" }
    return "taken"
  }

  @Test("search and repeats over seeds, in memory")
  func transition() throws {
    let search = try TransitionRequest(settings: small, strategy: .search).run()
    #expect(
      search.trainingsSaved ?? 0 > 0 && search.spread == nil && search.family.records.count == search.records.count)
    #expect(search.document.trainings == search.records.count && search.text.contains("fewer trainings"))
    let seeds = try TransitionRequest(settings: small { $0.refinement = 0 }, strategy: .grid(seeds: 2)).run()
    #expect(seeds.spread?.dataSeeds.seeds == [0, 1] && seeds.spread?.trainingSeeds.seeds == [0, 1])
    #expect(Set(seeds.records.map(\.identifier)).count == 30 && seeds.records.count == 30, "the base once")
  }

  @Test("a model that is trained in memory comes with its samples; one of a folder is sampled again")
  func model() throws {
    let scratch = try ScratchFolder()
    var request = TrainingRequest(settings: small, capacity: 12)
    let memory = try request.run()
    let run = try #require(memory.run)
    #expect(run.record == memory.record && run.samples?.rows == 100 && (run.model as? MixtureModel)?.means.rows == 12)
    request.folder = scratch.url.appendingPathComponent("run").path
    let kept = try request.run()
    #expect(kept.run == nil && kept.record.measurements == memory.record.measurements)
    #expect(kept.document.outcome == "finished" && kept.document.text.contains("memorization ratio"))

    let path = RunFolder(try #require(request.folder)).modelPath(of: kept.record)
    var sampling = try SamplingRequest(model: path)
    let again = try sampling.run()
    #expect(again.samples == run.samples && again.ratio == memory.record.measurements?.ratio)
    #expect(again.document(model: path).samplingSteps == 25 && sampling.inputs == [path])
    (sampling.count, sampling.sampler, sampling.samplingSteps) = (7, .heun, 10)
    let other = try sampling.run()
    #expect(other.samples.rows == 7 && other.document(model: path).sampler == "heun")
    sampling.sampler = .exact
    #expect(problem { _ = try sampling.run() }.hasPrefix("RequestError samplingSteps"))
    #expect(throws: CancellationError.self) { try SamplingRequest(model: path).run(isCancelled: { true }) }
  }

  @Test("predictions, and what is safe")
  func prediction() throws {
    var request = try PredictionRequest(dimension: 50, trueComponents: 12, samples: 1_000_000, capacity: 100_000)
    let outcome = try request.run()
    #expect(outcome.predictions.contains { $0.method == .hardEMFormula && $0.half.value != nil })
    #expect(outcome.document.verdict?.outcome == .generalizes && outcome.document.text.contains("recommended"))
    request.methods = [.closedFormC1]
    #expect(try request.run().predictions.map(\.method) == [.closedFormC1] && !request.simulates)
    request.findsSafeComponents = true
    #expect(try request.run().safeComponents.map { (100_000..<1_000_000).contains($0.value) } == true)
    #expect(throws: CancellationError.self) { try request.run(isCancelled: { true }) }
    let unknown = try PredictionRequest(dimension: 50, trueComponents: 12, samples: nil, capacity: 1000)
    #expect(problem { _ = try unknown.run() }.hasPrefix("RequestError samples"))
    #expect(
      problem { _ = try PredictionRequest(dimension: 5, trueComponents: 2, samples: 9, capacity: 10) }
        == "RequestError capacity: '10' is not allowed; allowed: a whole number from 1 to 9")
    request.methods = [.hardEM]
    #expect(request.simulates)
  }

  @Test("a fit of a table")
  func fit() throws {
    let scratch = try ScratchFolder()
    var table = "dimension,trueComponents,samples,variance,process,preset,dataSeed,seed,half,halfLow,halfHigh\n"
    for (n, half) in [(50, "0.7"), (100, "0.78"), (200, "0.8"), (400, "")] {
      table += "30,3,\(n),1.0,vp,quick,0,0,\(half),,\n"
    }
    try scratch.write(table, to: "transitions.csv")
    let input = try FitInput(path: scratch.url.appendingPathComponent("transitions.csv").path)
    var told: [String] = []
    let outcome = try FitRequest(input, settings: FitSettings(starts: 2)).run { told.append($0) }
    #expect(outcome.study.tuples.count == 3 && outcome.leftOut == 1 && outcome.warnings == told && told.count == 1)
    #expect(outcome.document.text.contains("3 tuples") && outcome.document.losses == "closed-form")
    #expect(
      problem { _ = try FitInput(path: input.path, measuredLosses: true) }.hasPrefix("RequestError measuredLosses"))
    try scratch.write(table + "30,3,50,2.0,vp,quick,0,0,,,\n", to: "transitions.csv")
    #expect(problem { _ = try FitInput(path: input.path) }.contains("mixed variances"))
  }

  @Test("requests that cannot be are errors of one line with a type")
  func wrong() throws {
    for (words, make) in [
      (
        "RequestError settings: they describe 2",
        { _ = try TransitionRequest(settings: small { $0.seed = [1, 2] }).run() }
      ),
      ("RequestError seeds: '0'", { _ = try TransitionRequest(settings: small, strategy: .grid(seeds: 0)).run() }),
      ("StudyError study: samples", { _ = try TransitionRequest(dimension: 2, trueComponents: 1, samples: 0).run() }),
      (
        "RequestError models: nothing is kept",
        { _ = try StudyRequest(Study(small, name: "s"), models: "m").run() }
      ),
      ("StoreError ", { _ = try SamplingRequest(model: "none") }),
    ] as [(String, () throws -> Void)] {
      let found = problem(make)
      #expect(found.hasPrefix(words) && !found.contains("\n"), "\(found)")
    }
  }
}
