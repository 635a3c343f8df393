// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// The options that describe one configuration. They are checked where a study's keys are, so that a bad value
/// gets the same one line here and there.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: [.customShort("d"), .long], parsing: .unconditional, help: "Data dimension d.")
  var dimension: String
  @Option(
    name: [.customShort("K"), .customLong("true-components")], parsing: .unconditional,
    help: "Components K of the data law.")
  var trueComponents: String
  @Option(name: [.customShort("N"), .long], parsing: .unconditional, help: "Training samples N.")
  var samples: String
  @Option(parsing: .unconditional, help: "Variance sigma_*^2 of the data law's components (default: 1).")
  var variance: String?
  @Option(
    parsing: .unconditional,
    help: "Budget: 'quick' (5,000 steps x 4 draws, time constants rescaled; default) or 'paper' (50,000 x 100).")
  var preset: String?
  @Option(
    parsing: .unconditional,
    help: "Training steps. Under 'quick' the time constants are rescaled; under 'paper' a warning says what goes wrong."
  )
  var steps: String?
  @Option(parsing: .unconditional, help: "Noise draws per sample and step.")
  var draws: String?
  @Option(
    parsing: .unconditional,
    help: "Training kernel: dense, pruned or auto (default); same results within a stated tolerance.")
  var kernel: String?
  @Option(parsing: .unconditional, help: "Process: vp (default), ve or fm.")
  var process: String?
  @Option(
    parsing: .unconditional,
    help: "Start of the training: partial-memorization (default), gaussian, sphere, or truth (needs M = K: train only)."
  )
  var initialization: String?
  @Option(
    parsing: .unconditional,
    help: "Loss weighting: unit (default), signal-to-noise, alpha-squared, {min-snr: 5} or {table: [...]}.")
  var weight: String?
  @Option(parsing: .unconditional, help: "Sampler: ddim (default), ddpm, euler, heun or exact.")
  var sampler: String?
  @Option(parsing: .unconditional, help: "Samples drawn from each trained model (default: 2000).")
  var evaluationSamples: String?
  @Option(parsing: .unconditional, help: "A sample is memorized if d1 < criterion * d2 (default: 1/3).")
  var criterion: String?
  @Option(parsing: .unconditional, help: "Seed of start, training noise and sampling (default: 0).")
  var seed: String?
  @Option(parsing: .unconditional, help: "Seed of means, labels and samples (default: the seed).")
  var dataSeed: String?

  /// The options as settings of a study.
  var settings: [String] {
    let pairs: [(StudyKey, String?)] = [
      (.dimension, dimension), (.trueComponents, trueComponents), (.samples, samples), (.variance, variance),
      (.preset, preset), (.steps, steps), (.draws, draws), (.kernel, kernel), (.process, process),
      (.initialization, initialization), (.weight, weight), (.sampler, sampler),
      (.evaluationSamples, evaluationSamples), (.criterion, criterion), (.seed, seed), (.dataSeed, dataSeed),
    ]
    return pairs.compactMap { key, value in value.map { "\(key.rawValue)=\($0)" } }
  }

  /// Refuses a list of values where a study file would sweep.
  static func requireOne(_ study: Study) throws {
    let count = study.configurations.count
    guard count == 1 else {
      throw Failure.Usage(
        description: "command line: the options describe \(count) configurations; "
          + "allowed: one value each (a study file sweeps: verbatim run)")
    }
  }
}

/// Options that change how a command works, never its numbers.
struct WorkOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Threads (default: all processors). The numbers do not depend on it.")
  var threads: Int?
  @Flag(help: "One JSON document on standard output.")
  var json = false
  @Flag(name: .shortAndLong, help: "No progress on standard error; warnings and errors stay.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: '\(threads)' is out of range; allowed: 1 to 1024")
    }
  }
}

/// Where trained models are shared.
struct ModelsOption: ParsableArguments {
  @Option(
    name: .customLong("models"), parsing: .unconditional,
    help: ArgumentHelp(
      "A folder of trained models shared by several run folders: a model that lies there is not trained again.",
      valueName: "folder"))
  var folder: String?

  func check(out: String?) throws {
    guard let folder else { return }
    guard !folder.isEmpty else { throw ValidationError("--models: '' names nothing; allowed: a path") }
    guard out != nil else { throw ValidationError("--models: nothing is kept; allowed: together with --out") }
  }
}
