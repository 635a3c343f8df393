// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// The options that describe one configuration. They are checked where a study's keys are, so that a bad value
/// gets the same one line here and there.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: [.customShort("d"), .long], parsing: .unconditional, help: .key(StudyKeys.dimension))
  var dimension: String
  @Option(
    name: [.customShort("K"), .customLong("true-components")], parsing: .unconditional,
    help: .key(StudyKeys.trueComponents))
  var trueComponents: String
  @Option(name: [.customShort("N"), .long], parsing: .unconditional, help: .key(StudyKeys.samples))
  var samples: String
  @Option(parsing: .unconditional, help: .key(StudyKeys.variance))
  var variance: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.preset))
  var preset: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.steps))
  var steps: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.draws))
  var draws: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.kernel))
  var kernel: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.process))
  var process: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.initialization))
  var initialization: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.weight))
  var weight: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.sampler))
  var sampler: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.evaluationSamples))
  var evaluationSamples: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.criterion))
  var criterion: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.seed))
  var seed: String?
  @Option(parsing: .unconditional, help: .key(StudyKeys.dataSeed))
  var dataSeed: String?

  /// The options as settings of a study, and `more` of them.
  func settings(_ more: [(key: String, text: String?)] = []) throws -> StudySettings {
    let options = [
      ("dimension", dimension), ("trueComponents", trueComponents), ("samples", samples), ("variance", variance),
      ("preset", preset), ("steps", steps), ("draws", draws), ("kernel", kernel), ("process", process),
      ("initialization", initialization), ("weight", weight), ("sampler", sampler),
      ("evaluationSamples", evaluationSamples), ("criterion", criterion), ("seed", seed), ("dataSeed", dataSeed),
    ]
    return try StudySettings(commandLine: options + more)
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

extension ArgumentHelp {
  /// What a study's key means.
  static func key<Value>(_ key: TypedStudyKey<Value>) -> ArgumentHelp { ArgumentHelp(key.help) }
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
