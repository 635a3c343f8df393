// SPDX-License-Identifier: MIT
internal import Files
internal import Denoisers
internal import Diffusion
internal import Experiments
internal import Memorization
internal import Training

/// The columns that say which run or which configuration a row is about.
enum ConfigurationColumns {
  static let run = [
    "run", "dimension", "trueComponents", "samples", "components", "fraction", "variance", "process", "preset", "steps",
    "draws", "initialization", "dataSeed", "seed",
  ]

  /// M; nil of models whose capacity is counted otherwise.
  static func components(_ record: RunRecord) -> Int? {
    record.settings.configuration.capacityAxis == .components ? record.settings.capacity : nil
  }

  static func run(_ record: RunRecord) -> [CSVValue] {
    let configuration = record.settings.configuration
    let (data, training) = (configuration.data, configuration.training)
    let components = components(record)
    return [
      .text(record.identifier), .integer(data.dimension), .integer(data.trueComponents), .integer(data.samples),
      CSVValue(components), CSVValue(components.map { Double($0) / Double(data.samples) }), .number(data.variance),
      .text(configuration.process.rawValue), .text(training.preset.rawValue), .integer(training.steps),
      .integer(training.draws), .text(configuration.initialization.name), .text("\(data.dataSeed)"),
      .text("\(configuration.seed)"),
    ]
  }

  /// The settings that the columns at the front leave out. They stand last, for programs that count columns;
  /// `configuration`, the beginning of its content hash, tells any two configurations apart.
  static let details = [
    "componentRatio", "duplicates", "initializationDetail", "criterion", "sampler", "samplingTimes", "times",
    "prediction", "weight", "kernel", "peakRate", "configuration",
  ]

  static func details(_ configuration: Configuration) -> [CSVValue] {
    let (data, training, evaluation) = (configuration.data, configuration.training, configuration.evaluation)
    return [
      .number(data.componentRatio), .number(data.duplicates), .text(StudyForm.text(configuration.initialization)),
      .number(evaluation.criterion), .text(evaluation.sampler.rawValue),
      .text(evaluation.samplingTimes.map(StudyForm.text) ?? "training"), .text(StudyForm.text(configuration.times)),
      .text(training.prediction.rawValue), .text(StudyForm.text(training.weight)), .text(training.kernel.rawValue),
      .number(training.peakRate), .text(ContentHash.identifier(of: configuration)),
    ]
  }

  /// Law and budget, for tables that do not begin with them.
  static let law = ["variance", "process", "preset", "steps", "draws", "initialization"]

  static func law(_ configuration: Configuration) -> [CSVValue] {
    let training = configuration.training
    return [
      .number(configuration.data.variance), .text(configuration.process.rawValue), .text(training.preset.rawValue),
      .integer(training.steps), .integer(training.draws), .text(configuration.initialization.name),
    ]
  }

  static let configuration = [
    "dimension", "trueComponents", "samples", "variance", "process", "preset", "initialization", "dataSeed", "seed",
  ]

  static func configuration(_ configuration: Configuration) -> [CSVValue] {
    let data = configuration.data
    return [
      .integer(data.dimension), .integer(data.trueComponents), .integer(data.samples), .number(data.variance),
      .text(configuration.process.rawValue), .text(configuration.training.preset.rawValue),
      .text(configuration.initialization.name), .text("\(data.dataSeed)"), .text("\(configuration.seed)"),
    ]
  }
}
