// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Experiments
internal import Figures

/// Measured M_pt/N of each configuration beside every prediction of it: a row each, also where nothing was crossed.
struct PredictionsFigure {
  let rows: [PredictedFamily]

  var figure: GnuplotFigure? {
    let shown = rows.filter { $0.prediction != nil && !$0.family.plotted.isEmpty }
    guard !shown.isEmpty, shown.count <= ConfigurationsFigure.mostRows else { return nil }
    let names = PredictedFamily.names(shown)
    let longest = names.map(\.plain.count).max() ?? 0
    let ticks = names.enumerated().map { Axis.Tick(Double(shown.count - $0), $1) }
    let values = shown.flatMap { row in
      [row.measured?.low, row.measured?.high] + PredictedFamily.methods.map { row.value($0) }
    }.compactMap { $0 }
    let (low, end) = SweepTable.range(values)
    let high = min(end, 1.02)
    // Room for the words at the right edge.
    let edge = shown.contains { $0.absence != nil } ? high + 0.2 * (high - low) : high
    let measured = Series(
      "measured", .horizontalIntervals(x: "M/N", y: "row", low: "low", high: "high"), Self.measured,
      title: "measured")
    return GnuplotFigure(
      name: "predictions", caption: caption + remarks(shown), width: min(17.5, 13 + 0.09 * Double(longest)),
      height: 4.6 + 0.85 * Double(shown.count),
      panels: [
        Panel(
          x: Axis("transition point *M*_{pt} / *N*", low: low, high: edge, ticks: SweepTable.ticks((low, high))),
          y: Axis("", low: 0.4, high: Double(shown.count) + 0.6, ticks: ticks),
          guides: (1...shown.count).map { .horizontal(at: Double($0)) } + absent(shown, at: edge),
          series: [measured]
            + PredictedFamily.methods.indices.compactMap { index in
              // A method without any value here has no place in the legend.
              guard shown.contains(where: { $0.value(PredictedFamily.methods[index]) != nil }) else { return nil }
              let name = PredictedFamily.methods[index].name
              return Series(name, .points(x: "M/N", y: "row"), Self.style(index), title: .verbatim(name))
            })
      ],
      data: blocks(shown), legendColumns: 3)
  }

  /// What stands in for the measurement of rows without one.
  private func absent(_ shown: [PredictedFamily], at x: Double) -> [Guide] {
    shown.enumerated().compactMap { index, row in
      row.absence.map { .label(MarkedText($0), x: x, y: Double(shown.count - index) + 0.2, alignment: .right) }
    }
  }

  private static let measured = SeriesStyle("#e58a5a", marker: .diamond, lineWidth: 2, markerSize: 1.7)

  private static func style(_ index: Int) -> SeriesStyle {
    let markers: [SeriesStyle.Marker] = [
      .openTriangle, .openDown, .openSquare, .cross, .openDiamond, .openCircle, .circle,
    ]
    let colours = ["#8a8a8a", "#8a8a8a", "#6a6a6a", "#2f9488", "#000000", "#12406f", "#12406f"]
    return SeriesStyle(colours[index % colours.count], marker: markers[index % markers.count], markerSize: 0.95)
  }

  private func blocks(_ shown: [PredictedFamily]) -> [DataBlock] {
    var measured = DataBlock("measured", columns: ["M/N", "row", "low", "high"])
    for (index, row) in shown.enumerated() {
      guard let half = row.measured else { continue }
      measured.append([half.value, Double(shown.count - index), half.low, half.high])
    }
    return [measured]
      + PredictedFamily.methods.map { method in
        DataBlock(
          method.name, columns: ["M/N", "row"],
          rows: shown.enumerated().compactMap { index, row in
            row.value(method).map { [$0, Double(shown.count - index)] }
          })
      }
  }

  /// What is missing, where something is.
  private func remarks(_ shown: [PredictedFamily]) -> MarkedText {
    let never = shown.contains { $0.absence == "never" }
    let others = shown.contains { $0.family.configuration.initialization.name != "partial-memorization" }
    return MarkedText(
      (never ? " A row that says never has no transition: its ratio stays below one half up to the largest *M*." : "")
        + (others ? " Hard EM assumes training from partial memorization and is absent elsewhere." : ""))
  }

  private var caption: MarkedText {
    """
    Measured *M*_{pt}/*N* (diamonds, 95 % intervals: Student's over seeds where there are several, else the bootstrap \
    over evaluation samples) and what each method predicts without any training: the closed forms (21), the crossing \
    of the losses at finite size, hard EM by formula, on fresh draws of data with exact sampling, and sampled by the \
    study's sampler.
    """
  }
}
