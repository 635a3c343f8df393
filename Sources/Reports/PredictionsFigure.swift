// SPDX-License-Identifier: MIT
internal import Figures

/// Measured M_pt/N of each configuration beside every prediction of it: a row each.
struct PredictionsFigure {
  let rows: [PredictedFamily]

  /// More configurations than this are a sweep, which has figures of its own.
  static let mostRows = 24

  var figure: GnuplotFigure? {
    let shown = rows.filter { $0.prediction != nil && $0.measured != nil }
    guard !shown.isEmpty, shown.count <= Self.mostRows else { return nil }
    let names = PredictedFamily.names(shown)
    let longest = names.map(\.plain.count).max() ?? 0
    let ticks = names.enumerated().map { Axis.Tick(Double(shown.count - $0), $1) }
    let values = shown.flatMap { row in
      [row.measured?.low, row.measured?.high] + PredictedFamily.methods.map { row.value($0) }
    }.compactMap { $0 }
    let (low, high) = SweepTable.range(values)
    let measured = Series(
      "measured", .horizontalIntervals(x: "M/N", y: "row", low: "low", high: "high"), Self.measured,
      title: "measured")
    return GnuplotFigure(
      name: "predictions", caption: caption, width: min(17.5, 13 + 0.09 * Double(longest)),
      height: 4.6 + 0.85 * Double(shown.count),
      panels: [
        Panel(
          x: Axis("transition point *M*_{pt} / *N*", low: low, high: min(high, 1.02)),
          y: Axis("", low: 0.4, high: Double(shown.count) + 0.6, ticks: ticks),
          guides: (1...shown.count).map { .horizontal(at: Double($0)) },
          series: [measured]
            + PredictedFamily.methods.indices.map { index in
              let name = PredictedFamily.methods[index].name
              return Series(name, .points(x: "M/N", y: "row"), Self.style(index), title: .verbatim(name))
            })
      ],
      data: blocks(shown), legendColumns: 3)
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

  private var caption: MarkedText {
    """
    Measured *M*_{pt}/*N* (diamonds, 95 % intervals: Student's over seeds where there are several, else the bootstrap \
    over evaluation samples) and what each method predicts without any training: the closed forms (21), the crossing \
    of the losses at finite size, hard EM by formula, on fresh draws of data with exact sampling, and sampled by the \
    study's sampler.
    """
  }
}
