// SPDX-License-Identifier: MIT
public import Experiments
public import Memorization
internal import Statistics

/// The result of a study for a terminal.
public enum SummaryText {
  /// At most ten lines: what was run, the range of the ratio, start, half and end per seed and in the mean, the null,
  /// and where the report is.
  public static func tenLines(
    title: String, records: [RunRecord], transitions: [(configuration: Configuration, transition: Transition)],
    report: String
  ) -> String {
    let families = Family.group(records, transitions: transitions)
    let finished = families.flatMap(\.plotted).map(\.points.count).reduce(0, +)
    let failed = families.flatMap(\.curves).map(\.diverged.count).reduce(0, +)
    let models = Set(records.filter { $0.measurements != nil }.map { ModelSettings($0.settings) }).count
    let done = models < finished ? "\(finished) runs of \(models) trained models" : "\(finished) trainings"
    let counts = "\(done) finished" + (failed > 0 ? ", \(failed) diverged" : "")
    var lines = ["\(title.replacing("\n", with: " ")): \(counts)"]
    if families.count == 1, let family = families.first {
      lines += body(family)
    } else {
      let shown = families.count > 7 ? 6 : 7
      lines += families.prefix(shown).map(line)
      if families.count > shown { lines.append("  and \(families.count - shown) more configurations in the report") }
    }
    return (lines + ["report: \(report)"]).joined(separator: "\n")
  }

  private static func body(_ family: Family) -> [String] {
    guard !family.plotted.isEmpty else { return ["  no training finished"] }
    let settings = SettingsText(family: family)
    let ratios = family.plotted.flatMap(\.points).map(\.measured.ratio)
    let trials = NumberText.count(ratios.first?.trials ?? 0)
    let range =
      "\(NumberText.fixed(ratios.map(\.value).min() ?? 0, 3)) to "
      + NumberText.fixed(ratios.map(\.value).max() ?? 0, 3)
    var lines = [
      "  \(plain(family.name)); start: \(settings.start); \(settings.budget)",
      "  memorization ratio \(range), \(trials) samples per model; null "
        + (family.null.map { NumberText.estimate($0, 4) } ?? "not measured"),
    ]
    let transition = FamilyTransition(family)
    lines.append(
      "  " + pad("in units of \(family.axis.quantity)", 28)
        + FamilyTransition.Level.allCases.map { pad($0.column) }.joined())
    let shown = family.plotted.count > 4 ? 3 : 4
    for curve in family.plotted.prefix(shown) {
      let cells = FamilyTransition.Level.allCases.map { level in
        pad(curve.transition.map { NumberText.short(level.crossing($0)) } ?? "not evaluated")
      }
      lines.append("  " + pad(curve.seedName, 28) + cells.joined().trimmingTrailingSpaces)
    }
    if family.plotted.count > shown { lines.append("  and \(family.plotted.count - shown) more seeds in the report") }
    if transition.transitions.count > 1 {
      let cells = FamilyTransition.Level.allCases.map { level in
        pad(transition.spread(level) == nil ? "not in range" : transition.text(level))
      }
      lines.append("  " + pad("mean (Student's interval)", 28) + cells.joined().trimmingTrailingSpaces)
    }
    return (lines + alarms(family)).map(\.trimmingTrailingSpaces)
  }

  /// Trainings of which more than three in ten steps were clipped: 6 % are usual for pictures, half means it failed.
  private static func alarms(_ family: Family) -> [String] {
    let clipped = family.plotted.flatMap { curve in
      curve.points.filter { $0.measured.clippedShare > 0.3 }.map {
        "\(curve.configuration.capacityAxis.symbol) = \($0.capacity) of \(curve.seedName)"
      }
    }
    guard !clipped.isEmpty else { return [] }
    let names = clipped.prefix(4).joined(separator: ", ") + (clipped.count > 4 ? ", .." : "")
    return ["  mind: over 30 % of the steps were clipped for \(names): see clippedShare in results.csv"]
  }

  private static func line(_ family: Family) -> String {
    let transition = FamilyTransition(family)
    let half = transition.transitions.isEmpty ? "not evaluated" : transition.text(.half)
    return
      "  \(plain(family.name)): \(plain(family.axis.markedHalf).filter { !"{}".contains($0) }) \(half), start \(transition.text(.start)), end \(transition.text(.end))"
  }

  private static func plain(_ markup: String) -> String { markup.replacing("*", with: "") }

  private static func pad(_ text: String, _ width: Int = 23) -> String {
    text.count >= width ? text + " " : text + String(repeating: " ", count: width - text.count)
  }
}

extension FamilyTransition.Level {
  fileprivate var column: String {
    switch self {
    case .start: "start (ratio 0.1)"
    case .half: "half (0.5)"
    case .end: "end (0.9)"
    }
  }
}
