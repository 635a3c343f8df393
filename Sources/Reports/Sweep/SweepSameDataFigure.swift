// SPDX-License-Identifier: MIT
internal import Figures

/// Measured M_pt/N against what a method says of the same data and start: one panel a method, one point a tuple.
struct SweepSameDataFigure {
  let table: SweepTable

  /// nil without such predictions.
  var figure: GnuplotFigure? {
    let methods = table.sameDataMethods
    guard !methods.isEmpty, table.entries.count > 1 else { return nil }
    return GnuplotFigure(
      name: "sweep-same-data", caption: caption, width: methods.count == 1 ? 9 : 17.5, height: 9.4,
      columns: methods.count,
      panels: methods.indices.map { index in panel(methods[index], first: index == 0) },
      data: methods.flatMap(blocks), extraLegend: [.line("measured = predicted", Self.line)], legendColumns: 5)
  }

  private static let line = SeriesStyle("#777777", lineWidth: 0.9)

  private func panel(_ method: String, first: Bool) -> Panel {
    let ticks = SweepTable.ticks(range)
    return Panel(
      title: .verbatim(method),
      x: Axis("predicted *M*_{pt} / *N*", low: range.low, high: range.high, ticks: ticks),
      y: Axis(first ? "measured *M*_{pt} / *N*" : "", low: range.low, high: range.high, ticks: ticks),
      series: [Series("diagonal \(method)", .line(x: "predicted", y: "measured"), Self.line)]
        + table.trueComponents.indices.map { index in
          let count = table.trueComponents[index]
          return Series(
            "\(method) \(count)", .intervals(x: "predicted", y: "measured", low: "low", high: "high"),
            SweepPalette.components(index), title: first ? MarkedText("*K* = \(count)") : nil)
        })
  }

  private var range: (low: Double, high: Double) {
    SweepTable.range(
      table.entries.flatMap { entry in
        [entry.low, entry.high] + table.sameDataMethods.compactMap { table.prediction($0, entry.row) }
      })
  }

  private func blocks(_ method: String) -> [DataBlock] {
    let points = table.trueComponents.map { count in
      DataBlock(
        "\(method) \(count)", columns: ["predicted", "measured", "low", "high", "d", "N"],
        rows: table.entries.filter { $0.row.trueComponents == count }.compactMap { entry in
          table.prediction(method, entry.row).map {
            [$0, entry.value, entry.low, entry.high, Double(entry.row.dimension), Double(entry.row.samples)]
          }
        })
    }
    let ends = [[range.low, range.low], [range.high, range.high]]
    return points + [DataBlock("diagonal \(method)", columns: ["predicted", "measured"], rows: ends)]
  }

  private var caption: MarkedText {
    """
    Measured *M*_{pt}/*N* of every tuple against hard EM on the same data from the same start, without training. \
    Left: its mixture is sampled exactly. Right: it is sampled by the sampler of the study. Bars: 95 % bootstrap \
    intervals over the evaluation samples.
    """
  }
}
