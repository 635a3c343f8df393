// SPDX-License-Identifier: MIT

/// A finished audit: every space, the verdict, and what was read.
public struct AuditResult: Sendable {
  public let spaces: [SpaceAudit]
  public let settings: AuditSettings
  public let verdict: AuditVerdict
  public let inputs: [AuditInput]
  public let classes: [ClassRisk]

  /// `labels` and `classNames` are those of the training set, if it has any. Spaces were audited at `confidence(of:)`.
  public init(
    spaces: [SpaceAudit], settings: AuditSettings, inputs: [AuditInput], labels: [Int]? = nil,
    classNames: [String]? = nil
  ) {
    precondition(!spaces.isEmpty, "an audit of no space")
    (self.spaces, self.settings, self.inputs) = (spaces, settings, inputs)
    let verdict = AuditVerdict(spaces.map(\.verdictMetric), maxRatio: settings.maxRatio)
    // A null that holds training data clears nobody.
    self.verdict = verdict == .clean && spaces.contains(where: \.holdoutIsSuspect) ? .inconclusive : verdict
    classes = spaces.flatMap { space in labels.map { ClassRisk.classes(space, labels: $0, names: classNames) } ?? [] }
  }

  /// The settings of each of several spaces: the verdict as a whole keeps its confidence (Bonferroni).
  public static func settings(_ settings: AuditSettings, spaces: Int) -> AuditSettings {
    var each = settings
    if spaces > 1 { each.confidence = 1 - (1 - settings.confidence) / Double(spaces) }
    return each
  }

  /// The space whose excess is largest: the one that a reader is told of.
  public var leading: SpaceAudit {
    spaces.max {
      ($0.verdictMetric.excess ?? $0.verdictMetric.value) < ($1.verdictMetric.excess ?? $1.verdictMetric.value)
    }
      ?? spaces[0]
  }

  /// One sentence that can be quoted.
  public var summary: String {
    let metric = leading.verdictMetric
    let copies = leading.samples.count(where: \.isMemorizedAware)
    let share =
      "\(Self.count(copies)) of \(Self.count(metric.n)) samples pass the test for copies of training data in \(metric.space)"
    let excess = metric.excess.map { value in
      "; in excess of the null (\(Self.null(metric))) that is \(Self.percent(value)) "
        + "[\(Self.percent(metric.excessLow ?? value)), \(Self.percent(metric.excessHigh ?? value))]"
    }
    let limit = Self.percent(settings.maxRatio)
    let words =
      switch verdict {
      case .clean:
        "clean: at \(Self.percent(settings.confidence)) confidence at most \(limit) of the samples are copies beyond the null"
      case .memorized:
        "memorized: at \(Self.percent(settings.confidence)) confidence more than \(limit) of the samples are copies beyond the null"
      case .inconclusive where spaces.contains(where: \.holdoutIsSuspect):
        "inconclusive: the held-out data seem to contain training data, so they are no null"
      case .inconclusive:
        "inconclusive: chance can explain an excess on either side of the limit of \(limit); more samples are needed"
      }
    return "\(words). \(share)\(excess ?? "")."
  }

  /// `0.08 %, held-out`, `0 % to 0.18 %, 3^-m, m = 14.6`.
  private static func null(_ metric: AuditMetric) -> String {
    let value = metric.null ?? 0
    // Held-out data have an interval that the excess contains; an estimate has a range.
    let upper = metric.nullN == nil ? metric.nullHigh.map { " to \(percent($0))" } ?? "" : ""
    return "\(percent(value))\(upper), \(metric.nullKind ?? "")"
  }

  /// `10000` as `10,000`.
  private static func count(_ value: Int) -> String {
    var digits = String(value)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits
  }

  /// `0.42 %`
  public static func percent(_ value: Double) -> String {
    let scaled = (value * 10_000).rounded() / 100
    return "\(scaled == scaled.rounded() ? String(Int(scaled)) : String(scaled)) %"
  }

  /// What does not fit the verdict, in words.
  public var warnings: [String] {
    var lines: [String] = []
    for space in spaces {
      if space.holdoutIsSuspect, let holdout = space.holdout {
        lines.append(
          "In \(space.space) \(holdout.count(where: \.isMemorizedAware)) of \(holdout.count) held-out points pass the test for copies, "
            + "of \(space.background.count) training points against the others \(space.background.count(where: \.isMemorizedAware)): the "
            + "held-out data contain training data or copies of them.")
      }
      if verdict == .clean, let test = space.metrics.first(where: { $0.name == "c-t" }), test.value < -3 {
        lines.append(
          "In \(space.space) C_T is \(Float(test.value)): on the whole samples are nearer to the training set than held-out points, "
            + "though few pass the test for copies.")
      }
    }
    return lines
  }

  /// What no metric looked at, in words.
  public var notTested: [String] {
    var lines: [String] = []
    let spaces = Set(spaces.map(\.space))
    if spaces.contains("pixels") {
      lines.append(
        "Distances between pixels miss copies that are cropped, shifted, mirrored, rescaled or recoloured\(spaces.count > 1 ? "" : "; give embeddings of a copy-detection network (--train-embeddings, ..) to see them")."
      )
    }
    for space in self.spaces where space.holdout == nil {
      let passing = space.background.count(where: \.isMemorizedAware)
      lines.append(
        "Without held-out data in \(space.space) the null is an estimate from the training set's intrinsic dimension (of "
          + "\(space.background.count) training points, \(passing) pass the same test against the others: duplicates, or a null higher "
          + "than the estimate), and C_T, the closer-to-train share and the median-distance ratio cannot be computed.")
    }
    lines.append("Parts of a picture recited inside another picture, text and styles are not looked for.")
    lines.append("Only the samples given were tested: other prompts, seeds or guidance may recite more or less.")
    lines.append("Training data that are not in the set given cannot be found.")
    return lines
  }

  public func document(_ provenance: AuditProvenance) -> AuditDocument {
    AuditDocument(
      schema: 1, verdict: verdict, maxRatio: settings.maxRatio, confidence: settings.confidence, summary: summary,
      metrics: spaces.flatMap(\.metrics), inputs: inputs, settings: settings,
      duplicates: spaces.map {
        AuditDocument.DuplicateSummary(
          space: $0.space, clusters: $0.duplicates.count, members: $0.duplicates.reduce(0) { $0 + $1.members.count })
      },
      recited: spaces.map {
        AuditDocument.RecitedSummary(
          space: $0.space, items: $0.recited.count, samples: $0.recited.reduce(0) { $0 + $1.samples.count })
      },
      classes: classes, warnings: warnings, notTested: notTested, provenance: provenance)
  }
}
