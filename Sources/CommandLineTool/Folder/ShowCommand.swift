// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

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

  func run() throws {
    let contents = try FolderContents(folder)
    if let identifier { return try Console.json(try one(identifier, contents)) }
    let results = contents.results()
    if json { return try Console.json(contents.document(results)) }
    try Console.result(contents.text(results))
  }

  private func one(_ prefix: String, _ contents: FolderContents) throws -> RunRecord {
    let found = contents.runs(identifier: prefix)
    guard found.count == 1, let record = found.first else {
      throw Failure.Usage(
        description:
          "--run: '\(prefix)' begins \(found.count) identifiers; allowed: the beginning of exactly one of \(folder)")
    }
    return record
  }
}
