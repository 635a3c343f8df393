// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization

/// Several configurations side by side: their ratio curves, and M_pt / N of each.
struct ConfigurationsFigure {
  let families: [Family]

  /// More configurations than this are a sweep, which has figures of its own.
  static let mostRows = 24

  private var axis: CapacityAxis { families.first?.axis ?? .components }

  /// nil for one configuration, and for too many to tell apart.
  var figure: GnuplotFigure? {
    let shown = families.filter { !$0.plotted.isEmpty }
    guard shown.count > 1, shown.count <= Self.mostRows else { return nil }
    let names = shown.indices.map { "\($0 + 1)" }
    return GnuplotFigure(
      name: "configurations", caption: caption(shown), width: 17, height: max(9, 4 + 0.5 * Double(shown.count)),
      columns: 2, panels: [curvePanel(shown), halfPanel(shown, names)], data: blocks(shown),
      extraLegend: shown.count > Self.distinguishable ? [.line("configurations", Self.thin)] : [], legendColumns: 4)
  }

  /// As many curves can be told apart by colour, dash and marker.
  private static let distinguishable = 8
  private static let thin = SeriesStyle("#777777", lineWidth: 0.8)

  private func curvePanel(_ shown: [Family]) -> Panel {
    let distinct = shown.count <= Self.distinguishable
    return Panel(
      x: Axis(
        MarkedText("model capacity " + axis.marked.replacing("/", with: " / ")), low: 0,
        high: (shown.map(\.largestCapacity).max() ?? 1) * 1.03),
      y: Axis("memorization ratio", low: -0.02, high: 1.02), guides: [0.1, 0.5, 0.9].map { .horizontal(at: $0) },
      series: shown.indices.map { index in
        Series(
          "ratio \(index + 1)", .markedLine(x: axis.quantity, y: "ratio"),
          distinct ? Palette.configuration(index) : Self.thin,
          title: distinct ? legend(shown[index], index + 1) : nil)
      })
  }

  /// Number and name, or the number alone where the name is too long for a legend.
  private func legend(_ family: Family, _ number: Int) -> MarkedText {
    let name = MarkedText("(\(number)) \(family.name)")
    return name.plain.count <= 45 ? name : MarkedText("(\(number))")
  }

  private func halfPanel(_ shown: [Family], _ names: [String]) -> Panel {
    let ticks = names.enumerated().map { Axis.Tick(Double(shown.count - $0), MarkedText("(\($1))")) }
    let range = SweepTable.range(
      shown.compactMap(\.halfInterval).flatMap { interval -> [Double] in [interval.low, interval.high] })
    return Panel(
      x: Axis(
        MarkedText("transition point " + axis.markedHalf.replacing("/", with: " / ")), low: range.low, high: range.high,
        ticks: SweepTable.ticks(range)),
      y: Axis("configuration", low: 0.4, high: Double(shown.count) + 0.6, ticks: ticks),
      series: [
        Series("half", .horizontalIntervals(x: axis.quantity, y: "row", low: "low", high: "high"), Palette.half)
      ])
  }

  private func blocks(_ shown: [Family]) -> [DataBlock] {
    var half = DataBlock("half", columns: [axis.quantity, "row", "low", "high", "d", "K", "N"])
    for (index, family) in shown.enumerated() {
      guard let interval = family.halfInterval else { continue }
      half.append([
        interval.value, Double(shown.count - index), interval.low, interval.high, Double(family.dimension),
        Double(family.trueComponents), Double(family.samples),
      ])
    }
    return shown.enumerated().map { index, family in
      DataBlock(
        "ratio \(index + 1)", columns: [axis.quantity, "ratio"], rows: family.meanRatio.points.map { [$0.x, $0.mean] })
    } + [half]
  }

  private func caption(_ shown: [Family]) -> MarkedText {
    let names = shown.enumerated().map { "(\($0 + 1)) \($1.name)" }.joined(separator: "; ")
    let start = Set(shown.map { SettingsText(family: $0).start }).sorted().joined(separator: "; ")
    let budget = Set(shown.map { SettingsText(family: $0).budget }).sorted().joined(separator: "; ")
    return MarkedText(
      "All configurations. Left: memorization ratio against \(axis.marked), mean over seeds (intervals: the figures of each "
        + "configuration). Right: \(axis.markedHalf) with its 95 % interval: Student's over seeds where there are "
        + "several, else "
        + "the bootstrap over evaluation samples. Configurations: \(names). Start: \(start); \(budget).")
  }
}
