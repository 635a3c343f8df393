// SPDX-License-Identifier: MIT
public import Figures
public import Foundation
public import WeightFit

/// The page of a sweep over (d, K, N): tuples, trend, predictions against measurements, the fitted weighting.
public struct SweepReport: Sendable {
  /// The heading of the page.
  public let title: String
  /// The fitted loss weighting; nil leaves it out.
  public let fit: FitStudy?
  let table: SweepTable

  /// `rows`: one per tuple (d, K, N); `predictions`: of any tuples, those of others are not shown. Nothing is written
  /// yet.
  public init(title: String, rows: [SweepRow], predictions: [SweepPrediction] = [], fit: FitStudy? = nil) {
    (self.title, self.fit) = (title, fit)
    table = SweepTable(rows, predictions: predictions)
  }

  /// Writes `sweep.html`, `sweep.csv` (the tuples) and `figures/sweep*.<format>`, `figures/lambda.<format>` with data
  /// and scripts. SVG is always drawn.
  ///
  /// Throws `FigureError`, as `StudyReport.write` does. Returns what was written.
  @discardableResult
  public func write(
    to folder: URL, formats: Set<FigureFormat>, gnuplot: Gnuplot? = nil
  ) throws(FigureError) -> ReportFiles {
    let drawn = figures
    let figureFolder = folder.appendingPathComponent("figures")
    try GnuplotFigure.prepare(folder)
    try GnuplotFigure.prepare(figureFolder)
    var pages: [(figure: GnuplotFigure, svg: String)] = []
    if !drawn.isEmpty {
      let program: Gnuplot
      if let gnuplot { program = gnuplot } else { program = try Gnuplot.find() }
      for figure in drawn {
        try figure.write(to: figureFolder, formats: formats.union([.svg]), with: program)
        pages.append((figure, try GnuplotFigure.read(figureFolder.appendingPathComponent(figure.name + ".svg"))))
      }
    }
    let page = SweepPage(title: title, table: table, fit: fit, figures: pages)
    try GnuplotFigure.write(SweepTables.csv(table), to: folder.appendingPathComponent("sweep.csv"))
    try GnuplotFigure.write(page.html, to: folder.appendingPathComponent("sweep.html"))
    return ReportFiles(["sweep.csv", "sweep.html"], figures: drawn)
  }

  /// In the order of the page.
  package var figures: [GnuplotFigure] {
    [
      SweepHeadlineFigure(table: table).figure, SweepResidualsFigure(table: table).figure,
      SweepSameDataFigure(table: table).figure, SweepTrendFigure(table: table).figure,
      fit.map { SweepWeightsFigure($0).figure },
    ].compactMap { $0 }
  }
}
