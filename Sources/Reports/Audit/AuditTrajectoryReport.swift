// SPDX-License-Identifier: MIT
internal import Files
public import Audit
public import Figures
public import Foundation

/// Several generated sets as a curve: page, table and figure beside the folders of the single audits.
public struct AuditTrajectoryReport {
  private let trajectory: AuditTrajectory
  private let maxRatio: Double
  private let provenance: AuditProvenance

  /// `maxRatio`, the largest excess that is called clean, becomes a line of the figure; nothing is written yet.
  public init(_ trajectory: AuditTrajectory, maxRatio: Double, provenance: AuditProvenance) {
    (self.trajectory, self.maxRatio, self.provenance) = (trajectory, maxRatio, provenance)
  }

  /// The file that is there when all of them are.
  public static let lastFile = "trajectory.csv"

  /// Writes the files into a folder of the caller's and returns the path of the page.
  public func write(to folder: URL, formats: Set<FigureFormat>, gnuplot: Gnuplot? = nil) throws -> String {
    let figures = folder.appendingPathComponent("figures")
    try FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
    try table.write(to: folder.appendingPathComponent("trajectory.csv").path)
    let figure = AuditTrajectoryFigure(trajectory: trajectory, maxRatio: maxRatio).figure
    try figure.write(to: figures, formats: formats.union([.svg]), with: gnuplot ?? Gnuplot.find())
    let svg = try GnuplotFigure.read(figures.appendingPathComponent("\(figure.name).svg"))
    let path = folder.appendingPathComponent("report.html").path
    try AtomicFile.write(page(svg, figure), to: path)
    return path
  }

  private var table: CSVTable {
    var table = CSVTable(columns: [
      trajectory.axis.rawValue, "verdict", "ratio", "low", "high", "n", "null", "excess", "excessLow", "excessHigh",
    ])
    for point in trajectory.points {
      let metric = point.metric
      table.append([
        .number(point.position), .text(point.verdict.rawValue), .number(metric.value), CSVValue(metric.low),
        CSVValue(metric.high), .integer(metric.n), CSVValue(metric.null), CSVValue(metric.excess),
        CSVValue(metric.excessLow), CSVValue(metric.excessHigh),
      ])
    }
    return table
  }

  private func page(_ svg: String, _ figure: GnuplotFigure) -> String {
    let rows = trajectory.points.map { point in
      [
        AuditText.position(point.position), point.verdict.rawValue, AuditText.interval(point.metric),
        NumberText.count(point.metric.n), AuditText.null(point.metric),
      ]
    }
    let size =
      trajectory.axis == .samples
      ? "<p>\(HTMLText.escaped(AuditText.sentence(AuditText.effectiveSize(trajectory)))).</p>" : ""
    let name = MarkedText(AuditTrajectoryFigure.name(trajectory.axis))
    return HTMLPage(
      title: "Memorization along a trajectory",
      sections: [
        "<h1>When does this model begin to recite?</h1>",
        "<p class=\"headline\">\(HTMLText.escaped(AuditText.sentence(AuditText.safe(trajectory)))).</p>", size,
        FigureHTML(figure: figure, svg: svg, number: 1).html,
        HTMLText.table([name, "Verdict", "Ratio with interval", "Samples", "Null"], rows),
        "<p>Each set has its own page in the folder named for its position.</p>",
        HTMLText.pairs([
          (name: "Program", value: "Verbatim \(provenance.version), commit \(provenance.commit)"),
          (name: "Command", value: provenance.command.joined(separator: " ")),
          (name: "Started", value: provenance.started),
        ]),
      ]
    ).html
  }
}
