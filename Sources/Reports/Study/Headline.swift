// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// The result of a family in words, with numbers and intervals.
struct Headline {
  let family: Family

  var text: MarkedText {
    guard !family.plotted.isEmpty else { return MarkedText("At \(family.name) no training finished.") }
    return MarkedText([result, edges, measurement, start, failures].filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// Many configurations in one paragraph.
  static func overview(_ families: [Family]) -> MarkedText {
    let halves = families.compactMap { family in
      FamilyTransition(family).spread(.half).map { (family: family, value: $0.mean) }
    }.sorted { $0.value < $1.value }
    let opening = "\(families.count) configurations were studied."
    guard let low = halves.first, let high = halves.last, let spread = SampleSpread(halves.map(\.value)) else {
      return MarkedText(opening + " In none of them does the memorization ratio pass one half in the measured range.")
    }
    func place(_ half: (family: Family, value: Double)) -> String {
      "\(NumberText.fixed(half.value, 3)) (\(half.family.name): \(FamilyTransition(half.family).text(.half)))"
    }
    let missing = families.count - halves.count
    return MarkedText(
      opening
        + " The memorization ratio passes one half at \(families[0].axis.markedHalf) from \(place(low)) to \(place(high)), "
        + "on average "
        + "over configurations at \(NumberText.fixed(spread.mean, 3)), standard deviation "
        + "\(NumberText.fixed(spread.standardDeviation ?? 0, 3))."
        + (missing == 0 ? "" : " In \(missing) of them it does not pass one half in the measured range.")
        + " The table below has all of them with their intervals.")
  }

  private var transition: FamilyTransition { FamilyTransition(family) }

  private var result: String {
    let ratios = family.plotted.flatMap(\.points).map(\.measured.ratio.value)
    let range = "from \(NumberText.fixed(ratios.min() ?? 0, 3)) to \(NumberText.fixed(ratios.max() ?? 0, 3))"
    guard let half = transition.spread(.half) else {
      let reason = transition.transitions.first?.half.reason.map { " (\($0))" } ?? ""
      return "At \(family.name) the memorization ratio does not pass one half in the measured range\(reason): it runs "
        + "\(range)."
    }
    let interval =
      transition.transitions.count == 1
      ? "95 % bootstrap interval over the evaluation samples"
      : "mean over \(half.values.count) seeds with Student's 95 % interval, standard deviation over seeds "
        + NumberText.fixed(half.standardDeviation ?? 0, 3)
    return "At \(family.name) the memorization ratio rises \(range) and passes one half at "
      + "\(family.axis.markedHalf) = \(transition.text(.half)) (\(interval))."
  }

  private var edges: String {
    guard !transition.transitions.isEmpty else { return "" }
    let words = [(FamilyTransition.Level.start, "0.1"), (.end, "0.9")].map { level, ratio in
      transition.spread(level) == nil
        ? "the \(level.name) (ratio \(ratio)) is \(transition.text(level))"
        : "the \(level.name) (ratio \(ratio)) lies at \(family.axis.marked) = \(transition.text(level))"
    }
    return words.joined(separator: " and ").capitalizedFirst + "."
  }

  private var measurement: String {
    let trials = Set(family.plotted.flatMap(\.points).map(\.measured.ratio.trials)).sorted()
    let samples = trials.map(NumberText.count).joined(separator: " or ")
    let models = family.plotted.map(\.points.count).reduce(0, +)
    var text = "Each ratio counts \(samples) samples of one trained model (\(models) models)."
    if let null = family.null {
      let seeds = family.severalSeeds ? ", mean over seeds with the widest ends of their intervals" : ""
      text +=
        " The null, the same test on \(NumberText.count(null.trials)) held-out samples, is "
        + NumberText.estimate(null, 4) + seeds + "."
    }
    return text
  }

  private var start: String {
    let settings = SettingsText(family: family)
    return "Training started from \(settings.start) (\(settings.budget))."
  }

  private var failures: String {
    let failed = family.curves.map(\.diverged.count).reduce(0, +)
    guard failed > 0 else { return "" }
    return "\(failed) training\(failed == 1 ? "" : "s") ended in a numerical failure and \(failed == 1 ? "is" : "are") "
      + "listed below, but not plotted."
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
