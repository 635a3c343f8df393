// SPDX-License-Identifier: MIT
import ArgumentParser
import Experiments
import Figures
import Foundation
import Reports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes report.html and figures/ of a run folder.",
    discussion: """
        verbatim report Runs/quickstart
        verbatim report Runs/quickstart --tikz       figures for LaTeX as well

      Each figure comes as SVG, PDF and PNG with its data and its gnuplot script, which can be edited and run again.
      """)

  @Argument(help: "The run folder.")
  var folder: String
  @Flag(help: "Write each figure as TikZ too.")
  var tikz = false

  func run() throws {
    print(try FolderReport(folder: folder, formats: FolderReport.standard.union(tikz ? [.tikz] : [])).write())
  }
}
