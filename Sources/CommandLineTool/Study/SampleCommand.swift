// SPDX-License-Identifier: MIT
import ArgumentParser
import Files
import Verbatim

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draws samples from a trained model and measures their memorization ratio.",
    discussion: """
      The model file carries the settings it was trained with, so its training data can be drawn again. Sampler, times and \
      counts are those of the run that the model lies with; without one: ddim, the times of training, 2,000 samples.

        verbatim sample Runs/quickstart/models/1f0a....safetensors --count 10000 --out samples.npy
        verbatim sample MODEL --sampler heun --sampling-steps 250      how much of the ratio is discretization
      """)

  @Argument(help: ArgumentHelp("A model of a run folder: models/*.safetensors.", valueName: "model"))
  var model: String
  @Option(parsing: .unconditional, help: "Samples to draw (default: as in the run).")
  var count: Int?
  @Option(parsing: .unconditional, help: "Sampler: \(SamplerName.words) (default: as in the run).")
  var sampler: String?
  @Option(
    parsing: .unconditional,
    help: "Steps from the first to the last time (default: as in the run; the paper's 26 times are 25 steps).")
  var samplingSteps: Int?
  @Option(parsing: .unconditional, help: "Seed of the sampling (default: the run's).")
  var seed: UInt64?
  @Option(parsing: .unconditional, help: "Write the samples, shape (count, d), to this .npy file.")
  var out: String?
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if let count, !(1...100_000_000).contains(count) {
      throw ValidationError("--count: '\(count)' is out of range; allowed: 1 to 100000000")
    }
    try OutOption.check(out)
    if work.json, writesToStandardOutput {
      throw ValidationError(
        "--out: '\(out ?? "")' is standard output, which --json needs; allowed: a file, or no --json")
    }
    if let samplingSteps, !(1...1_000_000).contains(samplingSteps) {
      throw ValidationError("--sampling-steps: '\(samplingSteps)' is out of range; allowed: 1 to 1000000")
    }
    if let sampler, SamplerName(rawValue: sampler) == nil {
      let allowed = SamplerName.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--sampler: '\(sampler)' is unknown; allowed: \(allowed)")
    }
    try OptionProblem.refuse(
      [("--sampling-steps", samplingSteps != nil)],
      sampler == SamplerName.exact.rawValue ? "exact sampling takes no steps; allowed: with another --sampler" : nil)
  }

  func run() throws {
    let takesOutput = writesToStandardOutput
    var request = try SamplingRequest(model: model)
    try OutOption.check(out, spares: request.inputs)
    (request.count, request.seed, request.samplingSteps, request.threads) = (count, seed, samplingSteps, work.threads)
    request.sampler = sampler.flatMap(SamplerName.init(rawValue:))
    if samplingSteps != nil, request.sampler ?? request.settings.configuration.evaluation.sampler == .exact {
      throw Failure.Usage(
        description: "--sampling-steps: the run samples exactly, which takes no steps; allowed: with another --sampler")
    }
    let outcome = try request.run(isCancelled: { Interruption.isRequested })
    if let out { try NPYFile.write(outcome.samples, to: out) }
    let document = outcome.document(model: model, samples: out)
    if work.json { return try Console.json(document) }
    let text = document.text + (out.map { "\nsamples: \($0)" } ?? "")
    // The array alone goes to standard output.
    if takesOutput { return text.split(separator: "\n").map(String.init).forEach(Console.log) }
    try Console.result(text)
  }

  /// By its own name, or as the file or pipe that standard output leads to.
  private var writesToStandardOutput: Bool {
    guard let out else { return false }
    if OwnDescriptor.number(of: out) == 1 { return true }
    guard let file = FileIdentity(out), !file.isDevice else { return false }
    return file == FileIdentity(descriptor: 1)
  }
}
