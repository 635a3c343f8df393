// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the run folders below a folder: study, runs, whether there is a report.",
    discussion: "  verbatim list\n  verbatim list Runs --json")

  @Argument(help: "Where to look.")
  var parent: String = "Runs"
  @Flag(help: "One JSON document on standard output.")
  var json = false

  func run() throws {
    let listing = try FolderListing(parent)
    if json { return try Console.json(listing) }
    if listing.folders.isEmpty { return try Console.result("no run folders in \(parent)") }
    try Console.result(listing.folders.map { Console.line($0.text) }.joined(separator: "\n"))
  }
}
