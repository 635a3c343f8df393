// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Experiments
internal import Training

/// The columns that say which run or which configuration a row is about.
enum ConfigurationColumns {
  static let run = [
    "run", "dimension", "trueComponents", "samples", "components", "fraction", "variance", "process", "preset", "steps",
    "draws", "initialization", "dataSeed", "seed",
  ]

  static func run(_ record: RunRecord) -> [CSVValue] {
    let configuration = record.settings.configuration
    let (data, training) = (configuration.data, configuration.training)
    let components = record.settings.components
    return [
      .text(record.identifier), .integer(data.dimension), .integer(data.trueComponents), .integer(data.samples),
      .integer(components), .number(Double(components) / Double(data.samples)), .number(data.variance),
      .text(configuration.process.rawValue), .text(training.preset.rawValue), .integer(training.steps),
      .integer(training.draws), .text(configuration.initialization.name), .text("\(data.dataSeed)"),
      .text("\(configuration.seed)"),
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
