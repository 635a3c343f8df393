// SPDX-License-Identifier: MIT
public import Experiments
internal import Files
internal import Foundation
internal import RunStore

/// The run folders below a folder: study, runs, whether there is a report.
public struct FolderListing: Sendable, Encodable {
  /// One run folder.
  public struct Row: Sendable, Encodable {
    /// The folder's path, and the title of its study.
    public let folder, title: String
    /// Runs, and how many of them diverged.
    public let runs, diverged: Int
    /// Whether `report.html` is there.
    public let report: Bool
    /// Why the folder cannot be read, on one line; nil when it can.
    public let problem: String?

    /// For a terminal.
    public var text: String {
      if let problem { return "\(folder)  \(problem)" }
      return
        "\(folder)  \(runs) runs\(diverged > 0 ? ", \(diverged) diverged" : "")\(report ? ", report" : "")  \(title)"
    }
  }

  /// The version of this format.
  public let schema = 1
  /// One row for each run folder, in the order of their names.
  public let folders: [Row]

  /// Reads all of them; `parent` may be a run folder itself. One damaged folder does not hide the others.
  ///
  /// Throws `RequestError` where there is no such folder, `StoreError` where it cannot be read.
  public init(_ parent: String, families: ModelFamilies = .standard) throws {
    folders = try Self.folders(parent).map { Self.row($0, families) }
  }

  private static func folders(_ parent: String) throws -> [RunFolder] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder) else {
      throw RequestError("\(parent): no such folder")
    }
    guard isFolder.boolValue else { throw RequestError("\(parent): is a file, not a folder") }
    if RunFolder(parent).exists { return [RunFolder(parent)] }
    let names = try Folder.names(in: parent)
    return names.map { RunFolder("\(parent)/\($0)") }.filter(\.exists)
  }

  private static func row(_ folder: RunFolder, _ families: ModelFamilies) -> Row {
    do {
      return try readable(folder, families)
    } catch {
      let problem = PrintableText.oneLine(ErrorText.of(error))
      return Row(folder: folder.path, title: "", runs: 0, diverged: 0, report: false, problem: problem)
    }
  }

  private static func readable(_ folder: RunFolder, _ families: ModelFamilies) throws -> Row {
    let records = try folder.records().records
    let study = try Study.parse(
      try folder.study(), source: folder.studyPath, families: families, allowManyRuns: true)
    return Row(
      folder: folder.path, title: study.title, runs: records.count,
      diverged: records.count { $0.measurements == nil },
      report: FileManager.default.fileExists(atPath: folder.reportPath), problem: nil)
  }
}
