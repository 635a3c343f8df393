// SPDX-License-Identifier: MIT
public import Experiments
public import RunStore

/// The runs of a study.
public struct StudyOutcome: Sendable {
  /// As in the request.
  public let study: Study
  /// Those found and those made, curve by curve, M ascending.
  public let records: [RunRecord]
  /// Models and samples, of requests in memory that keep them, in the order in which they ended.
  public let runs: [RunResult]
  /// Where everything is kept; nil of a study in memory.
  public let folder: RunFolder?
  /// Those of the study, which are known before it is run, then what was found in the folder.
  public let warnings: [String]

  /// The records by configuration, each with its transition. Cost: a thousand fits of a curve for each configuration.
  public func results() -> StudyResults { StudyResults(records) }
}
