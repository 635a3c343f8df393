// SPDX-License-Identifier: MIT
internal import Files
internal import Experiments
internal import Memorization

/// `transitions.csv`: one row per configuration, all its M together; crossings in units of M/N.
enum TransitionTable {
  private static let columns =
    ConfigurationColumns.configuration
    + ["start", "half", "end"].flatMap { [$0, "\($0)Low", "\($0)High", "\($0)Reason"] }
    + ["monotonicityViolations"] + end
  private static let end = ["steps", "draws"] + ConfigurationColumns.details + ConfigurationColumns.later

  static func make(_ records: [RunRecord]) -> CSVTable {
    var table = CSVTable(columns: columns)
    for family in StudyResults(records).byConfiguration {
      let transition = family.transition
      table.append(
        ConfigurationColumns.cells(ConfigurationColumns.configuration, family.configuration)
          + [transition.start, transition.half, transition.end].flatMap(crossing)
          + [.integer(transition.monotonicityViolations)] + ConfigurationColumns.cells(end, family.configuration))
    }
    return table
  }

  private static func crossing(_ crossing: Crossing) -> [CSVValue] {
    [CSVValue(crossing.value), CSVValue(crossing.low), CSVValue(crossing.high), CSVValue(crossing.reason)]
  }
}
