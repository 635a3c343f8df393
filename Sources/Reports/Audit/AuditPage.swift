// SPDX-License-Identifier: MIT
internal import Audit
internal import Figures
internal import Pictures

/// The evidence of an audit as one self-contained HTML page.
struct AuditPage {
  let result: AuditResult
  let document: AuditDocument
  let figures: [(figure: GnuplotFigure, svg: String)]
  let sheets: [PictureSheet]
  let trainName: (Int) -> String
  var pictures = true

  private static let most = 30

  private static let style = """
    .verdict { border-left: .5rem solid; padding: .6rem 1rem; margin: 0 0 1.2rem; background: var(--tint); }
    .verdict b { font-size: 1.35rem; display: block; margin-bottom: .3rem; }
    .verdict.clean { border-color: #2f9488; } .verdict.memorized { border-color: #b23a12; border-left-style: double; }
    .verdict.inconclusive { border-color: #b8860b; border-left-style: dashed; }
    table.metrics td:nth-child(-n+5) { white-space: nowrap; }
    """

  var html: String {
    let body = [
      heading, warningSection, metricSection, figureSection, sheetSection, recitedSection, classSection,
      duplicateSection, limitSection,
      inputSection, definitionSection, provenanceSection,
    ]
    return HTMLPage(title: "Memorization audit: \(result.verdict.rawValue)", style: Self.style, sections: body).html
  }

  private var heading: String {
    let word =
      switch result.verdict {
      case .clean: "Clean"
      case .memorized: "Memorized"
      case .inconclusive: "Inconclusive"
      }
    let summary = result.summary
    let sentence = summary.drop { $0 != ":" }.dropFirst(2)
    let inputs = result.inputs.filter { $0.space == result.inputs.first?.space }.map {
      "\(NumberText.count($0.count)) \($0.role == .train ? "training" : $0.role == .holdout ? "held-out" : "generated")"
    }
    return
      "<h1>Does this model recite its training data?</h1>\n<div class=\"verdict \(result.verdict.rawValue)\"><b>\(word)</b>"
      + "\(HTMLText.escaped(AuditText.sentence(String(sentence))))</div>\n<p>Compared: \(inputs.joined(separator: ", ")) samples. "
      + "The verdict compares the duplicate-aware memorization ratio, less its null, with a limit of "
      + "\(HTMLText.escaped(AuditText.limit(result.settings.maxRatio))) at "
      + "\(HTMLText.escaped(AuditText.limit(result.settings.confidence))) confidence.</p>"
  }

  private var metricSection: String {
    let parts = result.spaces.map { space -> String in
      let rows = space.metrics.map { metric in
        [
          metric.name, AuditText.interval(metric), NumberText.count(metric.n), AuditText.null(metric),
          AuditText.pValue(metric), metric.note,
        ]
      }
      let title = result.spaces.count > 1 ? "<h3>In \(HTMLText.escaped(space.name))</h3>\n" : ""
      return title
        + HTMLText.table(
          ["Metric", "Value with interval", "Samples", "Null", "*p*", "Reading"], rows, name: "metrics")
    }
    return
      "<h2>Metrics</h2>\n<p>Shares have Wilson intervals. The null is the value that unseen data would give. *p* is "
      .replacing("*p*", with: "<i>p</i>")
      + "the one-sided probability, without any copying, of a value at least as far towards copying.</p>\n"
      + parts.joined(separator: "\n")
  }

  private var figureSection: String {
    FigureHTML.all(figures)
  }

  private var sheetSection: String {
    guard !sheets.isEmpty else {
      return pictures
        ? ""
        : "<h2>The most suspicious samples</h2>\n<p>This page has no pictures (--no-images); samples.csv lists every "
          + "sample.</p>"
    }
    let parts = sheets.enumerated().map { SheetHTML(sheet: $1, number: figures.count + $0 + 1).html }
    return "<h2>The most suspicious samples</h2>\n" + parts.joined(separator: "\n")
  }

  private var recitedSection: String {
    let parts = result.spaces.map { space -> String in
      guard !space.recited.isEmpty else {
        return "<p>In \(HTMLText.escaped(space.name)) no training item is recited.</p>"
      }
      let rows = space.recited.prefix(Self.most).map {
        [
          trainName($0.train), String($0.samples.count), NumberText.twoDigits($0.smallestDistance),
          $0.samples.prefix(8).map(String.init).joined(separator: ", ") + ($0.samples.count > 8 ? ", .." : ""),
        ]
      }
      let total = space.recited.reduce(0) { $0 + $1.samples.count }
      return
        "<p>In \(HTMLText.escaped(space.name)) \(NumberText.count(space.recited.count)) training items are recited by "
        + "\(NumberText.count(total)) samples; the \(rows.count) most recited (all of them in recited.csv):</p>\n"
        + HTMLText.table(["Training item", "Samples", "Smallest *d*_{1}", "Which samples"], Array(rows))
    }
    return "<h2>What is recited</h2>\n" + parts.joined(separator: "\n")
  }

  private var classSection: String {
    guard !result.classes.isEmpty else { return "" }
    let several = result.spaces.count > 1
    let rows = result.classes.map { risk in
      [
        several ? "\(risk.name) (\(risk.space))" : risk.name, NumberText.count(risk.items),
        NumberText.count(risk.recitedItems), NumberText.count(risk.samples),
        NumberText.count(risk.memorized),
        risk.ratio.map {
          "\(AuditText.percent($0)) [\(AuditText.percent(risk.low ?? $0)), \(AuditText.percent(risk.high ?? $0))]"
        } ?? "",
      ]
    }
    return "<h2>By class</h2>\n<p>A sample belongs to the class of its nearest training item.</p>\n"
      + HTMLText.table(["Class", "Training items", "Recited items", "Samples", "Memorized", "Share"], rows)
  }

  private var duplicateSection: String {
    let parts = result.spaces.map { space -> String in
      let members = space.duplicates.reduce(0) { $0 + $1.members.count }
      let first =
        "<p>In \(HTMLText.escaped(space.name)), \(NumberText.count(space.background.count)) randomly chosen training "
        + "points and all that are nearest to a sample were searched for duplicates. Found: "
        + "\(NumberText.count(space.duplicates.count)) clusters with \(NumberText.count(members)) members. By the "
        + "criterion, the members of a cluster are nearer to each other than to the rest (duplicates.csv).</p>"
      guard !space.duplicates.isEmpty else { return first }
      let rows = space.duplicates.prefix(Self.most / 2).map { cluster in
        [
          String(cluster.members.count), NumberText.twoDigits(cluster.smallestDistance),
          cluster.members.prefix(8).map(trainName).joined(separator: ", ") + (cluster.members.count > 8 ? ", .." : ""),
        ]
      }
      return first + "\n" + HTMLText.table(["Members", "Smallest distance", "Which"], Array(rows))
    }
    return "<h2>Duplicates in the training set</h2>\n" + parts.joined(separator: "\n")
  }

  private var warningSection: String {
    guard !result.warnings.isEmpty else { return "" }
    return "<h2>Warnings</h2>\n<ul>\n"
      + result.warnings.map { "<li>\(HTMLText.escaped($0))</li>" }.joined(separator: "\n") + "\n</ul>"
  }

  private var limitSection: String {
    "<h2>What was not tested</h2>\n<ul>\n"
      + result.notTested.map { "<li>\(HTMLText.escaped($0))</li>" }.joined(separator: "\n") + "\n</ul>"
  }

  private var inputSection: String {
    let rows = result.inputs.map {
      [
        $0.role.rawValue, $0.space, $0.path, $0.description,
        $0.leftOut.count == 0 ? "nothing" : "\(NumberText.count($0.leftOut.count)) files",
        String($0.sha256.prefix(16)) + "..",
      ]
    }
    return "<h2>Inputs</h2>\n"
      + HTMLText.table(["Role", "Space", "Path", "What it is", "Left out", "SHA-256 of the values"], rows)
  }

  private var definitionSection: String {
    let settings = result.settings
    let criterion = NumberText.criterion(settings.criterion)
    return
      """
      <h2>How the verdict was reached</h2>
      <p><i>d</i><sub>1</sub> \u{2264} <i>d</i><sub>2</sub> \u{2264} .. are the exact Euclidean distances of a sample \
      to its nearest training points (pixels from 0 to 1; embeddings compared by cosine: chords of the unit sphere). \
      It counts as memorized if some <i>d<sub>j</sub></i> &lt; \(criterion) <i>d</i><sub><i>j</i>+1</sub> with \
      <i>j</i> up to \(settings.mostCopies), or if it equals a training point. The index <i>j</i> is needed because a \
      training item that occurs <i>j</i> times gives <i>j</i> points at one distance. With held-out points the null \
      is their share, and the excess has Newcombe\u{2019}s interval. Without them the null is estimated from the \
      training set\u{2019}s intrinsic dimension, and its upper end from the share of training points that pass the \
      test against the other training points. Memorized: the whole interval of the excess is above the limit, and an \
      exact test agrees. Clean: the whole interval is at or below the limit. Otherwise inconclusive.</p>
      """
  }

  private var provenanceSection: String {
    let origin = document.provenance
    let hashes = result.inputs.map { ("SHA-256, \($0.role.rawValue), \($0.space)", $0.sha256) }
    return "<h2>Provenance</h2>\n"
      + HTMLText.pairs(
        [
          ("Program", "Verbatim \(origin.version), commit \(origin.commit)"),
          ("Command", origin.command.joined(separator: " ")),
          ("Started", origin.started), ("Machine", origin.machine), ("Seed", String(result.settings.seed)),
        ].map { (name: $0.0, value: $0.1) } + hashes.map { (name: $0.0, value: $0.1) })
  }
}
