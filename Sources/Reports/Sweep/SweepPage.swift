// SPDX-License-Identifier: MIT
internal import Figures
internal import Statistics
internal import WeightFit

/// The sweep as one self-contained HTML page.
struct SweepPage {
  let title: String
  let table: SweepTable
  let fit: FitStudy?
  /// Drawn figures in the order of the page.
  let figures: [(figure: GnuplotFigure, svg: String)]

  var html: String {
    let body = [
      "<h1>\(HTMLText.escaped(title))</h1>", headline, figureSection, tupleSection, trendSection, predictionSection,
      fitSection, limitsSection,
    ]
    return HTMLPage(title: title, sections: body).html
  }

  private var headline: String {
    guard let spread = table.spread else {
      return "<p class=\"headline\">No tuple of this sweep has a transition in range.</p>"
    }
    var text =
      "Over \(table.entries.count) tuples (*d*, *K*, *N*) the transition point is *M*_{pt}/*N* = "
      + NumberText.fixed(spread.mean, 3)
    if let deviation = spread.standardDeviation {
      text +=
        " on average, standard deviation \(NumberText.fixed(deviation, 3)) between tuples, from "
        + "\(NumberText.fixed(spread.values.min() ?? 0, 3)) to \(NumberText.fixed(spread.values.max() ?? 0, 3))"
    }
    text += "."
    let missing = table.rows.count - table.entries.count
    if missing > 0 { text += " \(missing) of \(table.rows.count) tuples have no transition in range." }
    if let trend = table.trend { text += " " + SweepTables.sentence(trend) }
    return "<p class=\"headline\">\(MarkedText(text).html)</p>"
  }

  private var figureSection: String {
    guard !figures.isEmpty else { return "" }
    return "<h2>Figures</h2>\n" + FigureHTML.all(figures)
  }

  private var tupleSection: String {
    guard !table.rows.isEmpty else { return "" }
    let failing = table.rows.count { $0.manyEnough == false }
    let note =
      "The theory assumes *M* \u{2265} *K* (1 + log *d*) log *K*, every component hit at least twice by the "
      + "memorized subset; at *M*_{pt} it fails for \(failing) of \(table.entries.count) tuples."
    return "<h2>The tuples</h2>\n" + HTMLText.paragraph(MarkedText(note)) + "\n" + SweepTables.tuples(table)
  }

  private var trendSection: String {
    guard let trend = table.trend else { return "" }
    let note =
      "Weighted least squares of *M*_{pt}/*N* on the quantities that vary, together. Weights: one over the "
      + "measurement variance plus a variance between tuples such that chi squared equals its degrees of freedom "
      + "(standard deviation between tuples beyond the measurement: \(NumberText.fixed(trend.excess, 4)))."
      + (trend.clusters.map {
        " Standard errors are robust over the \($0) cells of equal *K* and *N*, whose tuples share labels and start."
      } ?? "")
    return "<h2>Trend</h2>\n" + HTMLText.paragraph(MarkedText(note)) + "\n" + SweepTables.trend(trend)
  }

  private var predictionSection: String {
    guard !table.methods.isEmpty, !table.entries.isEmpty else { return "" }
    let note =
      "Measured minus predicted *M*_{pt}/*N*: its mean with Student's 95 % interval over tuples, its standard "
      + "deviation, root mean square and largest size. The last line is not a prediction. It is the mean of the "
      + "measurements themselves, the best that a single number can do. "
      + (table.sameDataMethods.isEmpty
        ? "" : "Methods named same-data use the samples and starts of the measured runs; the others draw their own.")
    return "<h2>Predictions</h2>\n" + HTMLText.paragraph(MarkedText(note)) + "\n" + SweepTables.predictions(table)
  }

  private var fitSection: String {
    guard let fit else { return "" }
    return "<h2>The fitted weighting</h2>\n" + SweepFitText.numbers(fit) + "\n" + SweepFitText.errors(fit) + "\n"
      + FitStatement.all(fit).map { HTMLText.paragraph(.verbatim($0)) }.joined(separator: "\n")
  }

  private var limitsSection: String {
    guard !table.entries.isEmpty else { return "" }
    let items: [MarkedText] = [
      """
      The interval of a tuple with one seed comes from a bootstrap over the evaluation samples; it does not cover the \
      spread over data and training seeds. With several seeds it is Student's interval of their mean.
      """,
      """
      The slopes hold only for the ranges of *d*, *K* and *N* in this sweep, and only if the dependence is linear.
      """,
      "*M*_{pt} depends on the criterion of the memorization test, the start and the training budget of the study.",
    ]
    let list = items.map { "<li>\($0.html)</li>" }.joined(separator: "\n")
    return "<h2>What the intervals mean</h2>\n<ul>\n\(list)\n</ul>"
  }
}
