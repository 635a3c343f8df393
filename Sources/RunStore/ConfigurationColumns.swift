// SPDX-License-Identifier: MIT
internal import Experiments
internal import Files
internal import Memorization

/// The columns that say which run or which configuration a row is about: lists of names, each a column of a study's key
/// or one of the few below.
enum ConfigurationColumns {
  static let run = [
    "run", "dimension", "trueComponents", "samples", "components", "fraction", "variance", "process", "preset", "steps",
    "draws", "initialization", "dataSeed", "seed",
  ]

  static let configuration = [
    "dimension", "trueComponents", "samples", "variance", "process", "preset", "initialization", "dataSeed", "seed",
  ]

  /// Law and budget, for tables that do not begin with them.
  static let law = ["variance", "process", "preset", "steps", "draws", "initialization"]

  /// The settings that the columns at the front leave out. They stand last, for programs that count columns;
  /// `configuration`, the beginning of its content hash, tells any two configurations apart.
  static let details = [
    "componentRatio", "duplicates", "initializationDetail", "criterion", "sampler", "samplingTimes", "times",
    "prediction", "weight", "kernel", "peakRate", "configuration",
  ]

  /// Columns of keys that are younger than these lists: at the very end of each table.
  static let later = StudyKeys.all.flatMap(\.columns).map(\.name).filter { !Set(run + details).contains($0) }

  private static let columns = Dictionary(
    uniqueKeysWithValues: StudyKeys.all.flatMap(\.columns).map { ($0.name, $0) })

  private static func cell(_ name: String, _ configuration: Configuration) -> CSVValue {
    guard let column = columns[name] else { preconditionFailure("no study key has the column '\(name)'") }
    return column.cell(configuration)
  }

  /// M; nil of models whose capacity is counted otherwise.
  private static func components(_ record: RunRecord?) -> Int? {
    record?.settings.configuration.capacityAxis == .components ? record?.settings.capacity : nil
  }

  /// The fields of a row. Of the columns of a run, `record` is nil where a row is about a configuration.
  static func cells(_ names: [String], _ configuration: Configuration, _ record: RunRecord? = nil) -> [CSVValue] {
    names.map { name in
      switch name {
      case "run": CSVValue(record?.identifier)
      case "components": CSVValue(components(record))
      case "fraction": CSVValue(components(record).map { Double($0) / Double(configuration.data.samples) })
      case "configuration": .text(configuration.identifier)
      default: cell(name, configuration)
      }
    }
  }
}
