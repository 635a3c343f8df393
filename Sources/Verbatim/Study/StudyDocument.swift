// SPDX-License-Identifier: MIT
public import Experiments

/// The outcome of a study as one JSON document. Other programs rely on it: names and meanings are stable.
public struct StudyDocument: Sendable, Encodable {
  /// The version of this format.
  public let schema = 1
  /// The study's name.
  public let name: String
  /// The run folder's path.
  public let folder: String
  /// The path of the page; nil without one.
  public let report: String?
  /// Runs of all configurations, finished or diverged.
  public let runs: Int
  /// Runs whose training diverged.
  public let diverged: Int
  /// Each with its curve and transition.
  public let configurations: [TransitionDocument]

  /// `folder`: the run folder's path; `report`: that of the page, if there is one.
  public init(_ study: Study, _ results: StudyResults, folder: String, report: String?) {
    name = study.name
    (self.folder, self.report) = (folder, report)
    let records = results.byConfiguration.flatMap(\.records)
    runs = records.count
    diverged = records.count { $0.measurements == nil }
    configurations = results.byConfiguration.map { TransitionDocument($0) }
  }
}
