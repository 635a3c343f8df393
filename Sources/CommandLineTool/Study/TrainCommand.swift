// SPDX-License-Identifier: MIT
import ArgumentParser
import Foundation
import Verbatim

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
    guard let capacity = Int(components.trimmingCharacters(in: .whitespaces)) else {
      throw Failure.Usage(
        description: "command line: components: '\(components)' is not one whole number; allowed: 1 to N")
    }
    let request = TrainingRequest(
      settings: try options.settings(), capacity: capacity, seeds: seeds, in: out, models: models.folder,
      threads: work.threads)
    try ConfigurationOptions.requireOne(request.study())
    let outcome = try request.run(
      progress: ProgressLine(quiet: work.quiet).observe, isCancelled: { Interruption.isRequested })
    let document = outcome.document
    if work.json { try Console.json(document) } else { try Console.result(document.text) }
    if case .diverged(let step, let advice) = outcome.record.outcome {
      throw WorkError("training diverged at step \(step): \(advice)")
    }
  }
}
