// SPDX-License-Identifier: MIT
import Files
import ArgumentParser
import Denoisers
import Diffusion
import Distributions
import Experiments
import Foundation
import Kernels
import Memorization
import RunStore
import Statistics

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
  @Option(parsing: .unconditional, help: "Sampler: ddim, ddpm, euler, heun or exact (default: as in the run).")
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

  private struct Document: Encodable {
    let schema = 1
    let model: String
    let samples: String?
    let sampler: String
    /// Null for exact sampling, which takes none.
    let samplingSteps: Int?
    let components: Int
    let ratio, null: Estimate
    /// Of a mixture.
    let learnedStd: Double?
  }

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
    let file = try ModelFile(reading: model)
    let found = try RunFolder.run(of: file, at: model)
    var settings = found?.run.settings ?? file.run ?? file.settings.run()
    try OutOption.check(out, spares: [model] + [settings.configuration.data.images?.source].compactMap { $0 })
    if let count { settings.configuration.evaluation.samples = count }
    if let name = sampler.flatMap(SamplerName.init(rawValue:)) { settings.configuration.evaluation.sampler = name }
    if let seed { settings.configuration.seed = seed }
    if let samplingSteps {
      guard settings.configuration.evaluation.sampler != .exact else {
        throw Failure.Usage(
          description:
            "--sampling-steps: the run samples exactly, which takes no steps; allowed: with another --sampler")
      }
      var grid = settings.configuration.evaluation.samplingTimes ?? settings.configuration.times
      grid.count = samplingSteps + 1
      settings.configuration.evaluation.samplingTimes = grid
    }
    settings.configuration.evaluation.losses = false
    try PictureSeal.check(file, at: model)
    let workers = Workers(threads: work.threadCount)
    let prepared = try PreparedData(settings.configuration, workers: workers)
    let samples = try Pipeline.sample(file.model, settings, workers)
    if let out { try NPYFile.write(samples, to: out) }
    let ratio = MemorizationTest(criterion: settings.configuration.evaluation.criterion)
      .ratio(of: samples, training: prepared.laboratory.train, workers: workers)
    let grid = settings.configuration.evaluation.samplingTimes ?? settings.configuration.times
    let document = Document(
      model: model, samples: out, sampler: settings.configuration.evaluation.sampler.rawValue,
      samplingSteps: settings.configuration.evaluation.sampler == .exact ? nil : grid.count - 1,
      components: file.settings.capacity, ratio: ratio, null: prepared.null,
      learnedStd: (file.model as? any ComponentModel).map { abs($0.std) })
    if work.json { return try Console.json(document) }
    let text = text(document) + (out.map { "\nsamples: \($0)" } ?? "")
    // The array alone goes to standard output.
    if takesOutput { return text.split(separator: "\n").map(String.init).forEach(Console.log) }
    try Console.result(text)
  }

  private func text(_ document: Document) -> String {
    let (ratio, null) = (document.ratio, document.null)
    return String(
      format:
        "%d samples by %@ from M = %d: memorization ratio %.4f [%.4f, %.4f], null %.4f [%.4f, %.4f]",
      ratio.trials, document.sampler + (document.samplingSteps.map { " in \($0) steps" } ?? ""), document.components,
      ratio.value, ratio.low, ratio.high, null.value, null.low, null.high)
  }

  /// By its own name, or as the file or pipe that standard output leads to.
  private var writesToStandardOutput: Bool {
    guard let out else { return false }
    if OwnDescriptor.number(of: out) == 1 { return true }
    guard let file = FileIdentity(out), !file.isDevice else { return false }
    return file == FileIdentity(descriptor: 1)
  }
}
