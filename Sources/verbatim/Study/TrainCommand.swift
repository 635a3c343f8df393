// SPDX-License-Identifier: MIT
import ArgumentParser
import Diffusion
import Experiments
import Foundation
import Memorization
import Statistics
import Training

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains one model of capacity M, samples from it and measures the memorization ratio.",
    discussion: """
        verbatim train -d 30 -K 3 -N 50 -M 40
        verbatim train -d 50 -K 12 -N 200 -M 100 --preset paper --steps 200 --kernel dense --json
        verbatim train -d 30 -K 3 -N 50 -M 40 --out Runs/m40     keeps model, samples and record

      With --out the model is Runs/m40/models/*.safetensors; 'verbatim sample' draws from it.
      """)

  @OptionGroup var options: ConfigurationOptions
  @Option(name: [.customShort("M"), .long], parsing: .unconditional, help: "Components M of the model: its capacity.")
  var components: String
  @Option(
    parsing: .unconditional, help: "Repeat with this many data seeds and, separately, training seeds.")
  var seeds: Int = 1
  @Option(parsing: .unconditional, help: "Keep record, model and samples in this run folder.")
  var out: String?
  @OptionGroup var models: ModelsOption
  @OptionGroup var work: WorkOptions

  func validate() throws {
    try OutOption.check(out)
    try models.check(out: out)
    guard (1...1000).contains(seeds) else {
      throw ValidationError("--seeds: '\(seeds)' is out of range; allowed: 1 to 1000")
    }
  }

  func run() throws {
    guard Int(components.trimmingCharacters(in: .whitespaces)) != nil else {
      throw Failure.Usage(
        description: "command line: components: '\(components)' is not one whole number; allowed: 1 to N")
    }
    let settings = options.settings + ["components=[\(components)]", "refinement=0", "losses=false"]
    let repeats = try SeedRepeats(name: "train", settings: settings, seeds: seeds, out: out, models: models.folder)
    let records = try repeats.run(work)
    guard let record = records.first(where: { $0.settings.configuration == repeats.base }) else {
      throw StudyFailure(description: "the run has not finished")
    }
    let document = TrainDocument(record, all: records)
    if work.json { try Console.json(document) } else { try Console.result(document.text) }
    if case .diverged(let step, let advice) = record.outcome {
      throw StudyFailure(description: "training diverged at step \(step): \(advice)")
    }
  }
}

/// What `verbatim train --json` prints. Other programs rely on it: names and meanings are stable.
struct TrainDocument: Encodable {
  struct Repeat: Encodable {
    let dataSeed, seed: UInt64
    let ratio: Estimate?
    let learnedStd: Double?
  }

  let schema = 1
  let dimension, trueComponents, samples, components: Int
  let variance: Double
  let preset, kernel: String
  let steps, draws: Int
  let seed, dataSeed: UInt64
  let secondsPerStep: Double
  /// `finished`, or `diverged` with the step and advice.
  let outcome: String
  let finalLoss, learnedStd: Double?
  let ratio, null: Estimate?
  /// All repeats over seeds; absent for one.
  let repeats: [Repeat]?

  init(_ record: RunRecord, all: [RunRecord]) {
    let configuration = record.settings.configuration
    (dimension, trueComponents) = (configuration.data.dimension, configuration.data.trueComponents)
    (samples, variance) = (configuration.data.samples, configuration.data.variance)
    components = record.settings.capacity
    (preset, kernel) = (configuration.training.preset.rawValue, configuration.training.kernel.rawValue)
    (steps, draws) = (configuration.training.steps, configuration.training.draws)
    (seed, dataSeed) = (configuration.seed, configuration.data.dataSeed)
    secondsPerStep = record.timing.secondsPerStep
    if case .diverged(let step, let advice) = record.outcome {
      outcome = "diverged at step \(step): \(advice)"
    } else {
      outcome = "finished"
    }
    finalLoss = record.measurements?.finalLoss
    learnedStd = record.measurements?.learnedStd
    (ratio, null) = (record.measurements?.ratio, record.measurements?.null)
    repeats =
      all.count > 1
      ? all.map { record in
        let configuration = record.settings.configuration
        return Repeat(
          dataSeed: configuration.data.dataSeed, seed: configuration.seed, ratio: record.measurements?.ratio,
          learnedStd: record.measurements?.learnedStd)
      } : nil
  }

  /// The same for a person.
  var text: String {
    func estimate(_ e: Estimate?) -> String {
      e.map { String(format: "%.4f  [%.4f, %.4f]  (%d samples)", $0.value, $0.low, $0.high, $0.trials) } ?? "none"
    }
    var lines = [
      "d=\(dimension) K=\(trueComponents) N=\(samples) M=\(components), \(preset) preset, \(steps) steps x \(draws) draws",
      "memorization ratio  \(estimate(ratio))",
      "null (held-out)     \(estimate(null))",
      String(format: "learned std         %.5f   (data: %.5f)", learnedStd ?? .nan, variance.squareRoot()),
      String(format: "final loss          %.4f   (noise prediction, mean over the times)", finalLoss ?? .nan),
      String(format: "per step            %.1f us", secondsPerStep * 1e6),
    ]
    for one in repeats ?? [] {
      lines.append("data seed \(one.dataSeed), seed \(one.seed):  \(estimate(one.ratio))")
    }
    return lines.joined(separator: "\n")
  }
}
