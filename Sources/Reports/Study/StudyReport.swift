// SPDX-License-Identifier: MIT
public import Experiments
public import Figures
public import Foundation
public import Memorization
public import Prediction

/// The report of a study: figures with their data and scripts, and one self-contained HTML page.
public struct StudyReport: Sendable {
  /// The heading of the page.
  public let title: String
  /// The resolved study as its author would write it.
  public let studyText: String
  /// Shown apart from everything else, because it alone may differ between equal runs.
  public let provenance: [(name: String, value: String)]
  private let families: [Family]
  private let predicted: [PredictedFamily]
  private let sheets: [PictureSheet]

  /// - Parameters:
  ///   - title: the heading of the page.
  ///   - studyText: the resolved study as its author would write it.
  ///   - provenance: where the numbers come from, by name, as it is shown.
  ///   - records: the runs, in any order.
  ///   - transitions: one per configuration (seeds included).
  ///   - predictions: one per configuration (seeds set to zero), or none.
  ///   - sheets: pictures, in the order of the page; see `PictureSheets`.
  public init(
    title: String, studyText: String, provenance: [(name: String, value: String)], records: [RunRecord],
    transitions: [(configuration: Configuration, transition: Transition)], predictions: [StudyPrediction] = [],
    sheets: [PictureSheet] = []
  ) {
    (self.title, self.studyText, self.provenance, self.sheets) = (title, studyText, provenance, sheets)
    families = Family.group(records, transitions: transitions)
    predicted = PredictedFamily.join(families, predictions)
  }

  /// Writes `report.html` and `figures/<name>.<format>` with `.dat`, `.csv` and `.gp` into `folder`, with predictions
  /// `predictions.csv` too, of picture sheets `figures/<name>.png` and `.txt`. SVG is always drawn.
  ///
  /// Throws `FigureError`: gnuplot missing (with the line that installs it) or failing, or a file that cannot
  /// be written. Returns what was written.
  /// `gnuplot` nil means the one on the search path.
  @discardableResult
  public func write(
    to folder: URL, formats: Set<FigureFormat>, gnuplot: Gnuplot? = nil
  ) throws(FigureError) -> ReportFiles {
    let drawn = figures
    let figureFolder = folder.appendingPathComponent("figures")
    try GnuplotFigure.prepare(folder)
    if !(drawn.isEmpty && sheets.isEmpty) { try GnuplotFigure.prepare(figureFolder) }
    var pages: [(figure: GnuplotFigure, svg: String)] = []
    if !drawn.isEmpty {
      let program: Gnuplot
      if let gnuplot { program = gnuplot } else { program = try Gnuplot.find() }
      for figure in drawn {
        try figure.write(to: figureFolder, formats: formats.union([.svg]), with: program)
        pages.append((figure, try GnuplotFigure.read(figureFolder.appendingPathComponent(figure.name + ".svg"))))
      }
    }
    for sheet in sheets { try Self.write(sheet, into: figureFolder) }
    let page = ReportPage(
      title: title, studyText: studyText, provenance: provenance, families: families, predicted: predicted,
      figures: pages, sheets: sheets)
    let predicts = predicted.contains { $0.prediction != nil }
    if predicts {
      try GnuplotFigure.write(PredictionTables.csv(predicted), to: folder.appendingPathComponent("predictions.csv"))
    }
    try GnuplotFigure.write(page.html, to: folder.appendingPathComponent("report.html"))
    return ReportFiles(["report.html"] + (predicts ? ["predictions.csv"] : []), figures: drawn)
  }

  /// Studies of more configurations draw the ratio of each, and the rest only in the overview.
  static let mostDetailed = 6

  /// The figures in the order of the page.
  package var figures: [GnuplotFigure] {
    let overview = ConfigurationsFigure(families: families).figure
    let detailed = families.count <= Self.mostDetailed
    let perFamily = families.flatMap { family in
      [RatioFigure(family: family).figure]
        + (detailed
          ? [
            LossesFigure(family: family).figure, TheoryFigure(family: family).figure,
            LearnedFigure(family: family).figure,
            SeedsFigure(family: family).figure, LossTimesFigure(family: family).figure,
          ] : [])
    }
    // The measurement comes first, what predicts it second.
    let measured = ([overview] + perFamily).compactMap { $0 }
    let predictions = [PredictionsFigure(rows: predicted).figure].compactMap { $0 }
    return measured.prefix(1) + predictions + measured.dropFirst()
  }

  private static func write(_ sheet: PictureSheet, into folder: URL) throws(FigureError) {
    let file = folder.appendingPathComponent(sheet.name + ".png")
    try GnuplotFigure.write(sheet.png, to: file)
    try GnuplotFigure.write(sheet.text, to: folder.appendingPathComponent(sheet.name + ".txt"))
  }
}
