// SPDX-License-Identifier: MIT
import Files
import ArgumentParser
import Experiments
import Foundation
import RunStore

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the run folders below a folder: study, runs, whether there is a report.",
    discussion: "  verbatim list\n  verbatim list Runs --json")

  @Argument(help: "Where to look.")
  var parent: String = "Runs"
  @Flag(help: "One JSON document on standard output.")
  var json = false

  private struct Row: Encodable {
    let folder, title: String
    let runs, diverged: Int
    let report: Bool
    /// Why the folder cannot be read; absent when it can.
    let problem: String?
  }

  private struct Document: Encodable {
    let schema = 1
    let folders: [Row]
  }

  func run() throws {
    let rows = try folders().map(row)
    if json { return try Console.json(Document(folders: rows)) }
    if rows.isEmpty { return try Console.result("no run folders in \(parent)") }
    try Console.result(rows.map(Self.line).joined(separator: "\n"))
  }

  private static func line(_ row: Row) -> String {
    if let problem = row.problem { return Console.line("\(row.folder)  \(problem)") }
    let state = row.diverged > 0 ? ", \(row.diverged) diverged" : ""
    return Console.line("\(row.folder)  \(row.runs) runs\(state)\(row.report ? ", report" : "")  \(row.title)")
  }

  private func folders() throws -> [RunFolder] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder) else {
      throw Failure.Usage(description: "\(parent): no such folder")
    }
    guard isFolder.boolValue else { throw Failure.Usage(description: "\(parent): is a file, not a folder") }
    if RunFolder(parent).exists { return [RunFolder(parent)] }
    let names = try Folder.names(in: parent)
    return names.map { RunFolder("\(parent)/\($0)") }.filter(\.exists)
  }

  /// One damaged folder must not hide the others.
  private func row(_ folder: RunFolder) -> Row {
    do {
      return try readable(folder)
    } catch {
      return Row(
        folder: folder.path, title: "", runs: 0, diverged: 0, report: false, problem: Console.line(Failure.text(error)))
    }
  }

  private func readable(_ folder: RunFolder) throws -> Row {
    let records = try folder.records().records
    let study = try Study.parse(try folder.study(), source: folder.studyPath, allowManyRuns: true)
    return Row(
      folder: folder.path, title: study.title, runs: records.count,
      diverged: records.count { $0.measurements == nil },
      report: FileManager.default.fileExists(atPath: folder.reportPath), problem: nil)
  }
}
