// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization

/// The report as one self-contained HTML page.
struct ReportPage {
  let title: String
  let studyText: String
  let provenance: [(name: String, value: String)]
  let families: [Family]
  let predicted: [PredictedFamily]
  /// Drawn figures in the order of the page.
  let figures: [(figure: GnuplotFigure, svg: String)]
  var sheets: [PictureSheet] = []

  var html: String {
    let body = [
      "<h1>\(HTMLText.escaped(title))</h1>", headlines, figureSection, pictureSection, transitionSection,
      predictionSection, curveSection, divergedSection, settingsSection, limitsSection, provenanceSection,
    ]
    return HTMLPage(title: title, sections: body).html
  }

  /// Studies of more configurations open with one paragraph over all of them.
  private static let mostHeadlines = 6

  private var finished: Bool { families.contains { !$0.plotted.isEmpty } }

  private var headlines: String {
    guard !families.isEmpty else {
      return "<p class=\"headline\">No training has been recorded yet: there is nothing to plot.</p>"
    }
    guard families.count <= Self.mostHeadlines else {
      return "<p class=\"headline\">\(Headline.overview(families).html)</p>"
    }
    let paragraphs = families.map { "<p class=\"headline\">\(Headline(family: $0).text.html)</p>" }
    return paragraphs.joined(separator: "\n")
  }

  private var figureSection: String {
    guard !figures.isEmpty else {
      return families.isEmpty ? "" : "<p>No training finished, so there are no figures.</p>"
    }
    return "<h2>Figures</h2>\n" + FigureHTML.all(figures)
  }

  private var pictureSection: String {
    guard !sheets.isEmpty else { return "" }
    let parts = sheets.enumerated().map { SheetHTML(sheet: $1, number: figures.count + $0 + 1).html }
    return "<h2>Pictures</h2>\n" + parts.joined(separator: "\n\n")
  }

  private var transitionSection: String {
    guard finished else { return "" }
    return "<h2>The transition</h2>\n<p>Values are in units of <i>M</i>/<i>N</i> with 95 % intervals: a bootstrap over "
      + "the evaluation samples for one seed, Student\u{2019}s interval for a mean over seeds. \u{201C}..\u{201D} "
      + "marks an end of an interval outside the measured range.</p>\n" + ReportTables.transitions(families)
  }

  private var predictionSection: String {
    let table = PredictionTables.html(predicted)
    guard !table.isEmpty else { return "" }
    return "<h2>Predictions without training</h2>\n<p>In units of <i>M</i>/<i>N</i>. Methods that need "
      + "data use fresh draws. Two further comparisons separate the causes of an error: the losses with the weights of "
      + "the training, and hard EM on the data and starts of these runs. predictions.csv has all digits.</p>\n" + table
  }

  private var curveSection: String {
    guard finished else { return "" }
    let time = families.lazy.flatMap(\.plotted).flatMap(\.points).compactMap(\.measured.lossTime).first
    let losses = time.map {
      " Losses: clean space, trained model, at <i>t</i> = \(NumberText.significant($0.time)) "
        + "(<i>\u{3C8}</i> = \(NumberText.significant($0.signalToNoise)))."
    }
    let note =
      "<p>Each ratio and its Wilson interval count the samples in the next column; the null is "
      + "the same test on held-out samples." + (losses ?? "") + "</p>\n"
    let tables = families.flatMap { family in
      family.plotted.map { curve in
        let name = families.count > 1 ? MarkedText(family.name + "; " + curve.seedName).html : curve.seedName
        return "<h3>\(name.capitalizedUnlessMarked)</h3>\n" + ReportTables.curve(curve)
      }
    }
    return "<h2>The curve</h2>\n" + note + tables.joined(separator: "\n")
  }

  private var divergedSection: String {
    guard families.flatMap(\.curves).contains(where: { !$0.diverged.isEmpty }) else { return "" }
    return "<h2>Trainings that diverged</h2>\n<p>These trainings ended in a numerical failure. They are "
      + "recorded, but are not part of any curve.</p>\n"
      + ReportTables.diverged(families)
  }

  private var settingsSection: String {
    guard !families.isEmpty || !studyText.isEmpty else { return "" }
    let tables = families.map { family in
      (families.count > 1 ? "<h3>\(MarkedText(family.name).html)</h3>\n" : "")
        + HTMLText.pairs(SettingsText(family: family).rows)
    }
    let study = studyText.isEmpty ? "" : "<h3>Study file</h3>\n<pre>\(HTMLText.escaped(studyText))</pre>"
    return "<h2>Settings</h2>\n" + (tables + [study]).joined(separator: "\n")
  }

  private var limitsSection: String { finished ? "<h2>What the intervals mean</h2>\n" + Limits.html(families) : "" }

  private var provenanceSection: String {
    guard !provenance.isEmpty else { return "" }
    return "<h2>Provenance</h2>\n" + HTMLText.pairs(provenance)
  }
}

extension String {
  /// A heading's first letter in capitals, unless it is markup.
  fileprivate var capitalizedUnlessMarked: String { hasPrefix("<") ? self : capitalizedFirst }
}
