// SPDX-License-Identifier: MIT
internal import Files
internal import Experiments
internal import Memorization
internal import Training

/// `transitions.csv`: one row per configuration, all its M together; crossings in units of M/N.
enum TransitionTable {
  private static let columns =
    ConfigurationColumns.configuration
    + ["start", "half", "end"].flatMap { [$0, "\($0)Low", "\($0)High", "\($0)Reason"] }
    + ["monotonicityViolations", "steps", "draws"] + ConfigurationColumns.details

  static func make(_ records: [RunRecord]) -> CSVTable {
    var table = CSVTable(columns: columns)
    for family in StudyResults(records).byConfiguration {
      let transition = family.transition
      table.append(
        ConfigurationColumns.configuration(family.configuration)
          + [transition.start, transition.half, transition.end].flatMap(crossing)
          + [.integer(transition.monotonicityViolations)] + budget(family.configuration)
          + ConfigurationColumns.details(family.configuration))
    }
    return table
  }

  private static func budget(_ configuration: Configuration) -> [CSVValue] {
    [.integer(configuration.training.steps), .integer(configuration.training.draws)]
  }

  private static func crossing(_ crossing: Crossing) -> [CSVValue] {
    [CSVValue(crossing.value), CSVValue(crossing.low), CSVValue(crossing.high), CSVValue(crossing.reason)]
  }
}
