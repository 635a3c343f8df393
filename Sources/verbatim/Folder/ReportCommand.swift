// SPDX-License-Identifier: MIT
import ArgumentParser
import Experiments
import Figures
import Foundation
import Reports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes report.html and figures/ of a run folder; for a sweep over d, K and N also sweep.html.",
    discussion: """
        verbatim report Runs/quickstart
        verbatim report Runs/quickstart --tikz            figures for LaTeX as well
        verbatim report Runs/sweep                        tuples, trend, predictions, the fitted weighting

      Studies of pictures get contact sheets of templates, training, generated and learned pictures (figures/*.png). \
      The report shows every measured transition beside the predictions of 'verbatim predict' (predictions.csv), which \
      need no training. They take about a second for each configuration and seed; --no-predictions leaves them out. \
      Each figure comes as SVG, PDF and PNG with its data and its gnuplot script, which can be edited and run again.
      """)

  @Argument(help: "The run folder.")
  var folder: String
  @Flag(help: "Write each figure as TikZ too.")
  var tikz = false
  @Flag(help: "Leave out the predictions.")
  var noPredictions = false
  @OptionGroup var work: WorkOptions

  func run() throws {
    let formats = FolderReport.standard.union(tikz ? [.tikz] : [])
    let report = FolderReport(
      folder: folder, formats: formats, work: work, gnuplot: try Gnuplot.required(otherwise: "then report again"),
      predicts: !noPredictions)
    let pages = try report.write()
    if work.json { return try Console.json(ReportDocument(pages: pages)) }
    try Console.result(pages.joined(separator: "\n"))
  }
}

/// What `verbatim report --json` prints.
struct ReportDocument: Encodable {
  let schema = 1
  /// Paths of the pages written.
  let pages: [String]
}
