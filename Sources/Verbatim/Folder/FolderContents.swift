// SPDX-License-Identifier: MIT
public import Experiments
internal import Reports
internal import RunStore

/// What a run folder holds: curve and transition of each configuration.
public struct FolderContents: Sendable {
  /// The run folder's path.
  public let folder: String
  /// In the order of `runs.jsonl`.
  public let records: [RunRecord]

  /// Throws `StoreError` for what is no run folder or cannot be read.
  public init(_ path: String) throws {
    let folder = RunFolder(path)
    try folder.requireExisting()
    (self.folder, records) = (folder.path, try folder.records().records)
  }

  /// The runs by configuration, each with its transition. Cost: a thousand fits of a curve for each configuration.
  public func results() -> StudyResults { StudyResults(records) }

  /// The runs whose identifiers begin so.
  public func runs(identifier prefix: String) -> [RunRecord] { records.filter { $0.identifier.hasPrefix(prefix) } }

  /// As one JSON document; `results` are those of `results()`.
  public func document(_ results: StudyResults) -> FolderDocument {
    FolderDocument(folder: folder, configurations: results.byConfiguration.map { TransitionDocument($0) })
  }

  /// For a terminal.
  public func text(_ results: StudyResults) -> String {
    let families = results.byConfiguration
    if families.isEmpty { return "no run has finished in \(folder)" }
    let headings = FlatSettings.headings(families.map(\.configuration))
    return zip(headings, families).flatMap { heading, family in [heading, TransitionDocument(family).text(family), ""] }
      .joined(separator: "\n")
  }
}

/// What a run folder holds as one JSON document.
public struct FolderDocument: Sendable, Encodable {
  /// The version of this format.
  public let schema = 1
  /// The run folder's path.
  public let folder: String
  /// Each configuration with its curve and transition.
  public let configurations: [TransitionDocument]
}
