// SPDX-License-Identifier: MIT
public import Audit
internal import Foundation

/// Numbers of an audit as people read them, on a terminal and on the page.
public enum AuditText {
  /// Metrics whose values are shares, told as per cent.
  private static let plain: Set<String> = ["c-t", "median-distance-ratio", "intrinsic-dimension"]

  /// A value of `metric` or an end of its interval: per cent of shares, else a number; empty of nil.
  public static func value(_ value: Double?, of metric: AuditMetric) -> String {
    guard let value else { return "" }
    return plain.contains(metric.name) ? NumberText.padded(value) : percent(value)
  }

  /// `0.42 %`, two decimals; more where that would be zero. Shares are counts: what is below 1e-12 is the rounding of a
  /// difference of equal ones.
  static func percent(_ value: Double) -> String {
    let text = NumberText.formatted("%.2f", 100 * value)
    return (Double(text) == 0 && abs(value) >= 1e-12 ? String(format: "%.1g", 100 * value) : text) + " %"
  }

  /// A share without the zeros at its end: `1 %`, `0.42 %`, for limits and sentences.
  static func limit(_ value: Double) -> String {
    let scaled = (value * 10_000).rounded() / 100
    return "\(NumberText.significant(scaled, 6)) %"
  }

  /// `0.42 % [0.31 %, 0.55 %]`
  public static func interval(_ metric: AuditMetric) -> String {
    let text = value(metric.value, of: metric)
    guard metric.low != nil || metric.high != nil else { return text }
    return "\(text) [\(value(metric.low, of: metric)), \(value(metric.high, of: metric))]"
  }

  /// The null, as a range where it is an estimate, and its kind: `0.10 % (held-out)`; empty without one.
  public static func null(_ metric: AuditMetric) -> String {
    guard metric.null != nil else { return "" }
    // An estimate has a range; the interval of held-out data is part of the excess.
    let isRange = metric.nullN == nil && metric.nullHigh != nil
    let upper = isRange ? " to \(value(metric.nullHigh, of: metric))" : ""
    return value(metric.null, of: metric) + upper + (metric.nullKind == "constant" ? "" : " (\(metric.nullKind ?? ""))")
  }

  /// Two digits, one below 1e-4; empty where the metric has no test.
  public static func pValue(_ metric: AuditMetric) -> String {
    guard let p = metric.pValue else { return "" }
    if p < 1e-300 { return "< 1e-300" }
    return p < 1e-4 ? String(format: "%.0e", p) : String(format: "%.2g", p)
  }

  /// What a person sees on the terminal.
  public static func summary(_ result: AuditResult) -> String {
    var lines = ["verdict: \(result.summary)", ""]
    let rows = result.spaces.flatMap(\.metrics).map { metric in
      [
        metric.name + (result.spaces.count > 1 ? " (\(metric.space))" : ""), interval(metric),
        "n \(NumberText.count(metric.n))",
        null(metric), pValue(metric),
      ]
    }
    lines += columns([["metric", "value", "samples", "null", "p"]] + rows)
    for space in result.spaces {
      lines.append("")
      let members = space.duplicates.reduce(0) { $0 + $1.members.count }
      lines.append(
        "training data in \(space.name): \(space.duplicates.count) clusters of duplicates with \(members) members "
          + "among \(NumberText.count(space.background.count)) sampled and all matched points; \(space.recited.count) "
          + "items recited")
    }
    if !result.warnings.isEmpty { lines += ["", "warnings:"] + result.warnings.map { "  - \($0)" } }
    lines += ["", "not tested:"] + result.notTested.map { "  - \($0)" }
    return lines.joined(separator: "\n")
  }

  private static func columns(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { row[$0].padding(toLength: widths[$0], withPad: " ", startingAt: 0) }
      return "  " + cells.joined(separator: "  ").replacing(#/\s+$/#, with: "")
    }
  }
}

extension AuditText {
  /// How many samples the plan asks for, and what for: four lines.
  public static func plan(_ plan: AuditPlan) -> String {
    func count(_ n: Int?) -> String { n.map(NumberText.count) ?? "more than \(NumberText.count(AuditPlan.most))" }
    let held = "generated samples, and as many held-out ones"
    var lines = [
      "for the verdict clean if the model recites nothing (limit \(AuditText.limit(plan.maxRatio)), null "
        + "\(AuditText.limit(plan.null)), confidence \(AuditText.limit(plan.confidence)), power "
        + "\(AuditText.limit(plan.power))): \(count(plan.toClear)) \(held)",
      "for the verdict memorized if the model recites \(AuditText.limit(plan.excess)) beyond the null: "
        + "\(count(plan.toFind)) \(held)",
    ]
    if let precision = plan.precision, let n = plan.toClear {
      lines.append("half-width of the ratio's interval with \(count(n)) samples: \(percent(precision))")
    }
    lines.append("if none of n samples is memorized, the ratio is still only known to be below about 3/n")
    return lines.joined(separator: "\n")
  }
}

extension AuditText {
  /// A line for each set, and what follows from them.
  public static func trajectory(_ trajectory: AuditTrajectory) -> String {
    let rows = trajectory.points.map { point in
      [position(point.position), interval(point.metric), null(point.metric), point.verdict.rawValue]
    }
    var lines = columns([[trajectory.axis.rawValue, "ratio", "null", "verdict"]] + rows)
    lines.append(safe(trajectory))
    if trajectory.axis == .samples { lines.append(effectiveSize(trajectory)) }
    return lines.joined(separator: "\n")
  }

  static func safe(_ trajectory: AuditTrajectory) -> String {
    let what =
      switch trajectory.axis {
      case .step: "largest safe training step"
      case .components: "largest safe number of components"
      case .samples: "smallest safe training set"
      }
    return "\(what): " + (trajectory.safe.map(position) ?? "none of these")
  }

  static func effectiveSize(_ trajectory: AuditTrajectory) -> String {
    guard let size = trajectory.effectiveMemorizationSize else {
      return "effective memorization size (ratio 0.9): smaller than all of these sizes, if there is one"
    }
    let ends = [size.low, size.high].map { $0.map(position) ?? ".." }
    return "effective memorization size (largest N with ratio 0.9 or more): \(position(size.value)) "
      + "[\(ends[0]), \(ends[1])] among the sizes given"
  }

  /// A position as people read it: digits in groups where it is whole, else four significant digits.
  public static func position(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? NumberText.count(Int(value)) : NumberText.significant(value)
  }
}

extension AuditText {
  /// With a capital at its beginning.
  static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
