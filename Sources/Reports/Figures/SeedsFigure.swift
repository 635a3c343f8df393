// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// The spread over seeds: ratio curves with their range, and the transition of each seed (Fig. 7).
struct SeedsFigure {
  let family: Family

  /// nil where there is one seed.
  var figure: GnuplotFigure? {
    guard family.severalSeeds else { return nil }
    let height = max(9, 4.5 + 0.55 * Double(curves.count))
    return GnuplotFigure(
      name: "seeds" + family.slug, caption: caption, width: 17, height: height, columns: 2,
      panels: [curvePanel, transitionPanel], data: ratioBlocks + transitionBlocks,
      extraLegend: [.line("single seeds", Palette.seed(0))], legendColumns: 3)
  }

  private var curves: [Curve] { family.plotted }

  private var curvePanel: Panel {
    let seeds = curves.enumerated().map { index, curve in
      Series(
        family.block("ratio", curve), .joinedIntervals(x: family.axis.quantity, y: "ratio", low: "low", high: "high"),
        Palette.seed(index, markerSize: 0.45))
    }
    return Panel(
      x: family.capacityAxis(), y: Axis("memorization ratio", low: -0.02, high: 1.02),
      guides: [0.1, 0.5, 0.9].map { .horizontal(at: $0) },
      series: [
        Series(
          "mean ratio", .area(x: family.axis.quantity, low: "lowest", high: "highest"), Palette.main,
          title: "smallest to largest")
      ] + seeds + [
        Series(
          "mean ratio", .line(x: family.axis.quantity, y: "ratio"), Palette.main, title: MarkedText(family.meanName))
      ])
  }

  private var ratioBlocks: [DataBlock] {
    let seeds = curves.map { curve in
      DataBlock(
        family.block("ratio", curve), columns: [family.axis.symbol, family.axis.quantity, "ratio", "low", "high"],
        rows: curve.points.map {
          [
            Double($0.capacity), $0.position, $0.measured.ratio.value, $0.measured.ratio.low, $0.measured.ratio.high,
          ]
        })
    }
    let mean = DataBlock(
      "mean ratio", columns: [family.axis.quantity, "ratio", "lowest", "highest"],
      rows: family.meanRatio.points.map { [$0.x, $0.mean, $0.lowest, $0.highest] })
    return seeds + [mean]
  }

  private var transitionPanel: Panel {
    let levels = FamilyTransition.Level.allCases
    let ticks = curves.enumerated().map { Axis.Tick(Double(curves.count - $0), MarkedText($1.shortSeedName)) }
    return Panel(
      x: Axis(MarkedText("crossing of the ratio, " + family.axis.marked.replacing("/", with: " / "))),
      y: Axis("seed", low: -0.6, high: Double(curves.count) + 0.6, ticks: ticks + [Axis.Tick(0, "mean")]),
      guides: levels.compactMap { level in
        FamilyTransition(family).spread(level).map { .vertical(at: $0.mean, style: Self.meanLine) }
      },
      series: levels.flatMap { level in
        [
          Series(
            level.name, .horizontalIntervals(x: family.axis.quantity, y: "row", low: "low", high: "high"),
            Self.style(level),
            title: MarkedText(title(level))),
          Series(
            "mean \(level.name)", .horizontalIntervals(x: family.axis.quantity, y: "row", low: "low", high: "high"),
            Self.style(level)),
        ]
      })
  }

  private static let meanLine = SeriesStyle("#b0b0b0", dash: .dotted, lineWidth: 0.8)

  private static func style(_ level: FamilyTransition.Level) -> SeriesStyle {
    switch level {
    case .start: SeriesStyle("#2f9488", marker: .openDown, lineWidth: 1.3, markerSize: 0.75)
    case .half: SeriesStyle("#d1521b", marker: .diamond, lineWidth: 1.5, markerSize: 0.85)
    case .end: SeriesStyle("#12406f", marker: .triangle, lineWidth: 1.3, markerSize: 0.75)
    }
  }

  private func title(_ level: FamilyTransition.Level) -> String {
    switch level {
    case .start: "start, ratio 0.1"
    case .half: "\(family.axis.markedHalf), ratio 0.5"
    case .end: "end, ratio 0.9"
    }
  }

  private var transitionBlocks: [DataBlock] {
    FamilyTransition.Level.allCases.flatMap { level in
      var seeds = DataBlock(level.name, columns: [family.axis.quantity, "row", "low", "high"])
      for (index, curve) in curves.enumerated() {
        guard let crossing = curve.transition.map(level.crossing), let value = crossing.value else { continue }
        seeds.append([value, Double(curves.count - index) + level.shift, crossing.low ?? value, crossing.high ?? value])
      }
      var mean = DataBlock("mean \(level.name)", columns: [family.axis.quantity, "row", "low", "high"])
      if let spread = FamilyTransition(family).spread(level) {
        mean.append([spread.mean, level.shift, spread.low ?? spread.mean, spread.high ?? spread.mean])
      }
      return [seeds, mean]
    }
  }

  private var caption: MarkedText {
    MarkedText(
      "Spread over seeds (compare Fig. 7 of the paper). Left: memorization ratio of each seed (grey, Wilson 95 % "
        + "intervals), the seeds' mean, and the range from the smallest to the largest, interpolated linearly. Right: "
        + "start, \(family.axis.markedHalf) and end of each seed with 95 % bootstrap intervals over the evaluation samples, "
        + "and their "
        + "mean with Student's 95 % interval over seeds.") + family.settingsCaption
  }
}

extension FamilyTransition.Level {
  /// Rows apart, so that intervals of one seed do not hide each other.
  fileprivate var shift: Double {
    switch self {
    case .start: 0.16
    case .half: 0
    case .end: -0.16
    }
  }
}

extension Curve {
  /// `3`, or `3/1` where data and training seeds vary independently.
  var shortSeedName: String {
    let (data, training) = (configuration.data.dataSeed, configuration.seed)
    if seedName.hasPrefix("training") { return "\(training)" }
    return seedName.contains("training") ? "\(data)/\(training)" : "\(data)"
  }
}
