// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

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
    let gnuplot = try Gnuplot.required(otherwise: "then report again")
    let formats = ReportRequest.standardFormats.union(tikz ? [.tikz] : [])
    let outcome = try FolderReport.write(
      folder, gnuplot: gnuplot, work: work, formats: formats, predicts: !noPredictions)
    if work.json { return try Console.json(outcome.document) }
    try Console.result(outcome.pages.joined(separator: "\n"))
  }
}

/// A report with its progress on standard error.
enum FolderReport {
  static func write(
    _ folder: String, gnuplot: Gnuplot, work: WorkOptions,
    formats: Set<FigureFormat> = ReportRequest.standardFormats, predicts: Bool = true
  ) throws -> ReportOutcome {
    let request = ReportRequest(
      folder: folder, formats: formats, predicts: predicts, threads: work.threads, gnuplot: gnuplot)
    return try request.run(progress: { show($0, quiet: work.quiet) }, isCancelled: { Interruption.isRequested })
  }

  private static func show(_ progress: ReportProgress, quiet: Bool) {
    switch progress {
    case .warning(let line): Console.warning(line)
    case .predicting(let done, let total):
      if !quiet { Console.status("predicting configuration \(done + 1) of \(total)") }
    case .predicted: if !quiet { Console.clearLine() }
    }
  }
}
