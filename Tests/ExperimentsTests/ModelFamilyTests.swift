// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Experiments
import Figures
import Files
import Foundation
import Kernels
import Memorization
import Reports
import RunStore
import Statistics
import Testing
import Training

/// A family that is no mixture goes the whole way: run, store, resume, sample, show, report.
struct ModelFamilyTests {
  private let families = ModelFamilies.standard.adding(AffineFamily())

  private static let text = """
    family: affine
    dimension: 6
    trueComponents: 2
    samples: 20
    heldOutSamples: 100
    components: [8, 10, 12]
    refinement: 0
    initialization: gaussian
    steps: 1000
    evaluationSamples: 200
    """

  private func study() throws -> Study { try Study.parse(Self.text, source: "affine.yaml", families: families) }

  private func configuration() throws -> Configuration {
    let configuration = Configuration(
      data: DataSettings(dimension: 6, trueComponents: 2, samples: 20, heldOutSamples: 100),
      initialization: .gaussian(scale: 1, std: 1), training: try .quick(steps: 1000),
      evaluation: EvaluationSettings(samples: 200), family: "affine", axis: .parameters)
    #expect(try study().configurations == [configuration])
    return configuration
  }

  private func runner(_ configuration: Configuration) -> StudyRunner {
    StudyRunner(
      [CapacityCurve(configuration, .grid([8, 10, 12], refinement: 0, samples: 20))], families: families)
  }

  private func writer(_ folder: TemporaryFolder) throws -> RunWriter {
    try RunWriter(folder.path, study: study().yaml, families: families, provenance: MadeUpProvenance())
  }

  @Test("run, store, resume, sample, show and report")
  func wholeWay() throws {
    let (folder, configuration) = (try TemporaryFolder(), try configuration())
    var records: [RunRecord] = []
    do {
      let writer = try writer(folder)
      records = try StudyRunner(study(), families: families).run(
        into: writer, threads: 2, observer: { _ in })
      try writer.rewriteTables()
    }
    #expect(records.map(\.settings.capacity) == [8, 10, 12])
    let measured = try records.map { try #require($0.measurements) }
    #expect(measured.allSatisfy { $0.learnedStd == nil && $0.meanToSample == nil && $0.ratio.trials == 200 })
    #expect(measured[0].losses.map(\.subject).allSatisfy { $0 != .partial } && measured[0].losses.count == 6)
    // Trained: more gains fit better, and all of them fit better than the start.
    #expect(measured[0].finalLoss > measured[1].finalLoss && measured[1].finalLoss > measured[2].finalLoss)

    let run = RunFolder(folder.path)
    let table = try CSVReader(reading: run.resultsPath)
    #expect(table.value(0, "family") == "affine" && table.value(0, "learnedStd") == nil)
    #expect(table.value(0, "components") == nil && table.value(0, "fraction") == nil)
    #expect(table.value(0, "capacity") == "8" && table.value(0, "capacityAxis") == "parameters")
    for record in records {
      let model = try #require(try run.model(of: record, families: families) as? AffineModel)
      #expect(model.gains.count == record.settings.capacity - 6)
      #expect(try Pipeline.sample(model, record.settings, .serial) == run.samples(record.identifier))
    }
    let unknown = message { _ = try run.model(of: records[0]) }
    #expect(unknown.contains("'affine' is unknown; allowed: mixture, templates"), "\(unknown)")

    // One line is lost: its model is found, nothing is trained, and the tables are the same.
    let before = folder.bytes("results.csv")
    let lines = try String(contentsOfFile: run.recordsPath, encoding: .utf8).split(separator: "\n")
    try folder.put(lines.dropLast().joined(separator: "\n") + "\n", "runs.jsonl")
    let writer = try writer(folder)
    let resumed = try runner(configuration).run(into: writer, threads: 1, observer: { _ in })
    try writer.rewriteTables()
    #expect(resumed.map(\.measurements) == records.map(\.measurements) && folder.bytes("results.csv") == before)
    #expect(resumed.count { $0.timing.trainingSeconds == 0 } == 1)

    let curve = CurveText.render(records)
    #expect(curve.contains("o") && curve.contains("P=12.00") && !curve.contains("M/N"), "\(curve)")
    let results = StudyResults(records)
    let report = StudyReport(
      title: "Affine", studyText: "family: affine", provenance: [], records: records,
      transitions: results.byConfiguration.map { ($0.configuration, $0.transition) })
    try report.write(to: URL(fileURLWithPath: folder.path), formats: [.svg])
    let figures = try folder.names("figures")
    #expect(figures.contains("ratio.svg") && !figures.contains("learned.svg"), "\(figures)")
    #expect(try String(contentsOfFile: run.reportPath, encoding: .utf8).contains("<svg"))
    let script = try String(contentsOfFile: folder.path + "/figures/ratio.gp", encoding: .utf8)
    #expect(script.contains("Italic P}_") && !script.contains("Italic M}") && !script.contains("M/N"), "\(script)")
  }

  @Test("a sampler that the model has not, and a start that the family refuses, are one line")
  func refused() throws {
    var exact = try configuration()
    exact.evaluation.sampler = .exact
    let folder = try TemporaryFolder()
    let line = message { _ = try runner(exact).run(into: try writer(folder), threads: 1, observer: { _ in }) }
    #expect(line == "sampler: 'exact' is not for models of the family 'affine'; allowed: ddim, ddpm, euler, heun")
    let large = RunSettings(configuration: try configuration(), capacity: 13)
    let prepared = try PreparedData(large.configuration)
    #expect(
      message { _ = try Pipeline.run(large, prepared: prepared, families: families) }
        == "parameters: 13; allowed: 6 to 12")
    #expect(message { _ = try Pipeline.run(large, prepared: prepared) }.contains("unknown"))
    var other = large
    other.configuration.axis = nil
    #expect(
      message { _ = try Pipeline.run(other, prepared: prepared, families: families) }
        == "the capacity of the family 'affine' is counted in components; allowed: parameters")
  }

  @Test("the capacity of settings stands under the name of its axis")
  func axis() throws {
    let affine = RunSettings(configuration: try configuration(), capacity: 8)
    var mixture = affine
    (mixture.configuration.family, mixture.configuration.axis) = (nil, nil)
    for (settings, key, other) in [(affine, "parameters", "components"), (mixture, "components", "parameters")] {
      for json in [StoreJSON.encode(settings), StoreJSON.encode(ModelSettings(settings))] {
        let text = String(decoding: json, as: UTF8.self)
        #expect(text.contains("\"\(key)\":8") && !text.contains("\"\(other)\":"), "\(text)")
      }
      #expect(try StoreJSON.decode(RunSettings.self, from: StoreJSON.encode(settings)) == settings)
      let model = ModelSettings(settings)
      #expect(try StoreJSON.decode(ModelSettings.self, from: StoreJSON.encode(model)) == model)
    }
    // The name of another axis is no capacity.
    let text = String(decoding: StoreJSON.encode(affine), as: UTF8.self).replacing(
      "\"parameters\":8", with: "\"width\":8")
    #expect(throws: (any Error).self) { try StoreJSON.decode(RunSettings.self, from: Array(text.utf8)) }
  }

  @Test("the gradient of the affine step is that of its loss")
  func gradient() throws {
    let key = RandomKey(seed: 1)
    let samples = key.child("samples").normalRows(5, 3)
    let process = ProcessName.vp.process
    let table = TimeTable(times: [0.9, 0.5, 0.3], process: process, prediction: .noise, weight: .unit)
    let step = AffineStep(samples: samples, gains: 2, table: table)
    let parameters = key.child("parameters").normals(5)
    func loss(_ parameters: [Double]) -> Double {
      parameters.withUnsafeBufferPointer { step.evaluate(parameters: $0, key: key, step: 3, fixed: nil).loss }
    }
    _ = loss(parameters)
    let gradient = Array(step.gradient)
    for index in parameters.indices {
      var (up, down) = (parameters, parameters)
      up[index] += 1e-5
      down[index] -= 1e-5
      let difference = (loss(up) - loss(down)) / 2e-5
      #expect(abs(difference - gradient[index]) < 1e-6 * max(1, abs(difference)), "parameter \(index)")
    }
  }
}
