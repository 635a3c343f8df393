// SPDX-License-Identifier: MIT
import Files
import Denoisers
import Diffusion
import Experiments
import Foundation
import Kernels
import Memorization
import RunStore
import Statistics
import Training

/// A folder of its own for a test, removed at the end of its life.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "verbatim-store-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
  }

  func put(_ bytes: some Sequence<UInt8>, _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func put(_ text: String, _ name: String) throws { try put(Array(text.utf8), name) }

  func names(_ inside: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(inside)").sorted()
  }
}

/// Made-up results, each a function of its settings; timing differs from call to call.
struct MadeUpRun {
  let record: RunRecord
  let model: MixtureModel
  let samples: Matrix?

  init(components: Int, dataSeed: UInt64 = 0, samples count: Int = 50, seconds: Double = 1, diverged: Bool = false) {
    let data = DataSettings(dimension: 4, trueComponents: 2, samples: count, dataSeed: dataSeed)
    let settings = RunSettings(
      configuration: Configuration(
        data: data, times: TimeGrid(first: 0.999, last: 0.001, count: 3), training: .paper()),
      capacity: components)
    let identifier = settings.identifier
    let key = RandomKey(seed: dataSeed).child(components)
    model = MixtureModel(means: key.child("means").normalRows(components, 4), std: 0.1 + 1 / Double(components))
    samples = diverged ? nil : key.child("samples").normalRows(20, 4)
    let memorized = min(2000, max(0, 40 * components - 800))
    record = RunRecord(
      identifier: identifier, settings: settings,
      outcome: diverged ? .diverged(step: 7, advice: "lower peakRate") : .finished,
      measurements: diverged ? nil : Self.measurements(memorized, of: count, std: model.std),
      timing: RunTiming(trainingSeconds: seconds, secondsPerStep: seconds / 7, evaluationSeconds: seconds / 3))
  }

  private static func measurements(_ memorized: Int, of count: Int, std: Double) -> Measurements {
    let distances = Quantiles(of: [1, 2, 1 / 3.0, 0.1 + 0.2])
    let losses = LossByTime.Subject.allCases.flatMap { subject in
      LossByTime.Split.allCases.map { split in
        LossByTime(
          subject: subject, split: split, times: [0.999, 0.36, 0.001], signalToNoise: [0.002, 6.716, 999_999],
          losses: [3.5, subject == .trained ? 1.25 : 0.75, 1e-7].map {
            let value = $0 + (split == .test ? 1 : 0)
            return Estimate(value: value, low: value - 0.1, high: value + 0.1, trials: split == .train ? count : 2000)
          })
      }
    }
    return Measurements(
      ratio: Wilson.interval(successes: memorized, trials: 2000), null: Wilson.interval(successes: 3, trials: 2000),
      learnedStd: std, finalLoss: 12.5, meanToSample: distances, meanToTrueMean: distances, clippedShare: 0,
      losses: losses)
  }
}

/// What the caller says about itself.
struct MadeUpProvenance: Codable, Equatable {
  var commit = "abc"
  var started = "2025-01-01T00:00:00Z"
}

extension RunWriter {
  convenience init(_ folder: TemporaryFolder, study: String = "name: x\nsamples: 50\n") throws {
    try self.init(folder.path, study: study, provenance: MadeUpProvenance())
  }

  func append(_ run: MadeUpRun) throws {
    var divergedAt: Int?
    if case .diverged(let step, _) = run.record.outcome { divergedAt = step }
    try keep(
      FinishedTraining(model: run.model, divergedAt: divergedAt, clippedShare: 0),
      of: ModelSettings(run.record.settings))
    try append(run.record, samples: run.samples)
  }
}

/// The line a failing call ends with.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}
