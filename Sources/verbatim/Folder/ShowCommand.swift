// SPDX-License-Identifier: MIT
import Files
import ArgumentParser
import Experiments
import Foundation
import Reports
import RunStore

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows what a run folder holds: curve and transition of each configuration, or one run.",
    discussion: """
        verbatim show Runs/quickstart
        verbatim show Runs/quickstart --run 1f0a2b3c        one run in full, as JSON
      """)

  @Argument(help: "The run folder.")
  var folder: String
  @Option(
    name: .customLong("run"), parsing: .unconditional,
    help: "The beginning of a run's identifier (first column of results.csv).")
  var identifier: String?
  @Flag(help: "One JSON document on standard output.")
  var json = false

  private struct Document: Encodable {
    let schema = 1
    let folder: String
    let configurations: [TransitionDocument]
  }

  func run() throws {
    let folder = RunFolder(folder)
    try folder.requireExisting()
    let records = try folder.records().records
    if let identifier { return try Console.json(try one(identifier, records)) }
    let families = StudyResults(records).byConfiguration
    let documents = families.map { family in
      TransitionDocument(
        family, spread: nil,
        seconds: family.records.reduce(0) {
          $0 + $1.timing.trainingSeconds + $1.timing.evaluationSeconds
        })
    }
    if json { return try Console.json(Document(folder: folder.path, configurations: documents)) }
    if families.isEmpty { return try Console.result("no run has finished in \(folder.path)") }
    let headings = FlatSettings.headings(families.map(\.configuration))
    let lines = zip(headings, zip(families, documents)).flatMap { heading, pair in
      [heading, pair.1.text(pair.0), ""]
    }
    try Console.result(lines.joined(separator: "\n"))
  }

  private func one(_ prefix: String, _ records: [RunRecord]) throws -> RunRecord {
    let found = records.filter { $0.identifier.hasPrefix(prefix) }
    guard found.count == 1, let record = found.first else {
      throw Failure.Usage(
        description:
          "--run: '\(prefix)' begins \(found.count) identifiers; allowed: the beginning of exactly one of \(folder)")
    }
    return record
  }
}
