// SPDX-License-Identifier: MIT
public import Audit
internal import Pictures

extension AuditResult {
  /// One sentence that can be quoted.
  public var summary: String {
    let metric = leading.verdictMetric
    let copies = leading.samples.count(where: \.isCopy)
    let share =
      "\(NumberText.count(copies)) of \(NumberText.count(metric.n)) samples pass the test for copies of training data in \(metric.space)"
    let excess = metric.excess.map { value in
      "; in excess of the null (\(Self.null(metric))) that is \(AuditText.limit(value)) "
        + "[\(AuditText.limit(metric.excessLow ?? value)), \(AuditText.limit(metric.excessHigh ?? value))]"
    }
    let limit = AuditText.limit(settings.maxRatio)
    let words =
      switch verdict {
      case .clean:
        "clean: at \(AuditText.limit(settings.confidence)) confidence at most \(limit) of the samples are copies beyond the null"
      case .memorized:
        "memorized: at \(AuditText.limit(settings.confidence)) confidence more than \(limit) of the samples are copies beyond the null"
      case .inconclusive where spaces.contains(where: \.holdoutIsSuspect):
        "inconclusive: the held-out data seem to contain training data, so they cannot serve as a null"
      case .inconclusive where isClearedButForUnread:
        "inconclusive: what was read is clean, but \(Self.unread(incomplete)) could not be read"
      case .inconclusive:
        "inconclusive: the true excess may be on either side of the limit of \(limit); more samples are needed"
      }
    return "\(words). \(share)\(excess ?? "")."
  }

  /// Whether the metrics alone would say *clean*.
  private var isClearedButForUnread: Bool {
    !incomplete.isEmpty && AuditVerdict(spaces.map(\.verdictMetric), maxRatio: settings.maxRatio) == .clean
  }

  /// `100 entries of train/`.
  private static func unread(_ inputs: [AuditInput]) -> String {
    inputs.map {
      "\(NumberText.count($0.leftOut.unread)) \($0.leftOut.unread == 1 ? "entry" : "entries") of \($0.path)"
    }
    .joined(separator: " and ")
  }

  /// What was left out of an input, in words: `3 entries: 2 txt, 1 hidden (notes.txt, ..)`.
  static func others(_ leftOut: LeftOut) -> String {
    let kinds = leftOut.kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\(NumberText.count($1)) \($0)" }
    return kinds.joined(separator: ", ") + " (\(list(leftOut.names, of: leftOut.count - leftOut.unread)))"
  }

  private static func list(_ names: [String], of count: Int) -> String {
    names.prefix(5).joined(separator: ", ") + (count > min(5, names.count) ? ", .." : "")
  }

  /// What was not read, a line for each input.
  private var leftOutLines: [String] {
    inputs.flatMap { input -> [String] in
      let leftOut = input.leftOut
      var lines: [String] = []
      if leftOut.unread > 0 {
        lines.append(
          "In the \(input.role.rawValue) set, \(Self.unread([input])) could not be read: "
            + "\(Self.list(leftOut.unreadNames, of: leftOut.unread)). With unread entries the verdict is never clean: "
            + "convert or remove them."
        )
      }
      if leftOut.count > leftOut.unread {
        lines.append(
          "In the \(input.role.rawValue) set, files that are not pictures were left out: \(Self.others(leftOut)).")
      }
      return lines
    }
  }

  /// `0.08 %, held-out`, `0 % to 0.18 %, 3^-m, m = 14.6`.
  private static func null(_ metric: AuditMetric) -> String {
    let value = metric.null ?? 0
    // Held-out data have an interval that the excess contains; an estimate has a range.
    let upper = metric.nullN == nil ? metric.nullHigh.map { " to \(AuditText.limit($0))" } ?? "" : ""
    return "\(AuditText.limit(value))\(upper), \(metric.nullKind ?? "")"
  }

  /// What does not fit the verdict, in words.
  public var warnings: [String] {
    var lines = leftOutLines
    for space in spaces {
      if space.holdoutIsSuspect, let holdout = space.holdout {
        lines.append(
          "In \(space.name), \(holdout.count(where: \.isCopy)) of \(holdout.count) held-out points pass the test for "
            + "copies. Of \(space.background.count) training points, \(space.background.count(where: \.isCopy)) pass "
            + "it against the other training points. So the held-out data contain training data or copies of them.")
      }
      if verdict == .clean, let test = space.metrics.first(where: { $0.name == "c-t" }), test.value < -3 {
        lines.append(
          "In \(space.name), C_T is \(Float(test.value)): on the whole, samples are nearer to the training set than "
            + "held-out points are, although few pass the test for copies.")
      }
    }
    return lines
  }

  /// What no metric looked at, in words.
  public var notTested: [String] {
    var lines: [String] = []
    let spaces = Set(spaces.map(\.name))
    if spaces.contains("pixels") {
      lines.append(
        "Distances between pixels miss copies that are cropped, shifted, mirrored, rescaled or recoloured\(spaces.count > 1 ? "" : "; give embeddings of a copy-detection network (--train-embeddings, ..) to see them")."
      )
    }
    for space in self.spaces where space.holdout == nil {
      let passing = space.background.count(where: \.isCopy)
      lines.append(
        "Without held-out data in \(space.name), the null is estimated from the training set's intrinsic dimension. Of "
          + "\(space.background.count) training points, \(passing) pass the same test against the others: they are "
          + "duplicates, or the null is higher than the estimate. C_T, the closer-to-train share and the "
          + "median-distance ratio cannot be computed.")
    }
    lines.append("Not looked for: parts of a picture recited inside another picture, text and styles.")
    lines.append("Only the given samples were tested: other prompts, seeds or guidance may recite more or less.")
    lines.append("Copies of training data that are not in the given set cannot be found.")
    return lines
  }

  /// The whole result with its words.
  public func document(_ provenance: AuditProvenance) -> AuditDocument {
    document(provenance, summary: summary, warnings: warnings, notTested: notTested)
  }
}
