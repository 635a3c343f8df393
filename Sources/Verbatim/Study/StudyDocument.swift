// SPDX-License-Identifier: MIT
public import Experiments

/// The outcome of a study as one JSON document. Other programs rely on it: names and meanings are stable.
public struct StudyDocument: Sendable, Encodable {
  public let schema = 1
  public let name: String
  public let folder: String
  /// The path of the page; nil without one.
  public let report: String?
  public let runs: Int
  public let diverged: Int
  public let configurations: [TransitionDocument]

  public init(_ study: Study, _ results: StudyResults, folder: String, report: String?) {
    name = study.name
    (self.folder, self.report) = (folder, report)
    let records = results.byConfiguration.flatMap(\.records)
    runs = records.count
    diverged = records.count { $0.measurements == nil }
    configurations = results.byConfiguration.map { TransitionDocument($0) }
  }
}
