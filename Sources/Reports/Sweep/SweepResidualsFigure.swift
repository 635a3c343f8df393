// SPDX-License-Identifier: MIT
internal import Figures

/// Measured against predicted M_pt/N, and what is left over, for every method.
struct SweepResidualsFigure {
  let table: SweepTable

  /// nil without predictions of measured tuples.
  var figure: GnuplotFigure? {
    let blocks = blocks
    guard blocks.contains(where: { !$0.rows.isEmpty }) else { return nil }
    return GnuplotFigure(
      name: "sweep-residuals", caption: caption, width: 17.5, height: 9.8, columns: 2, panels: [agreement, residuals],
      data: blocks + [diagonal], extraLegend: [.line("measured = predicted", Self.line)], legendColumns: 3)
  }

  private static let line = SeriesStyle("#777777", lineWidth: 0.9)

  private var pairs: [(entry: SweepTable.Entry, method: Int, predicted: Double)] {
    table.entries.flatMap { entry in
      table.methods.indices.compactMap { index in
        table.prediction(table.methods[index], entry.row).map { (entry, index, $0) }
      }
    }
  }

  private var agreement: Panel {
    let (low, high) = table.detail
    let ticks = SweepTable.ticks(table.detail)
    return Panel(
      x: Axis("predicted *M*_{pt} / *N*", low: low, high: high, ticks: ticks),
      y: Axis("measured *M*_{pt} / *N*", low: low, high: high, ticks: ticks),
      series: [Series("diagonal", .line(x: "predicted", y: "measured"), Self.line)]
        + table.methods.indices.map { index in
          Series(
            table.methods[index], .points(x: "predicted", y: "measured"), SweepPalette.methodPoints(index),
            title: .verbatim(table.methods[index]))
        })
  }

  private var residuals: Panel {
    let ends = pairs.flatMap { pair -> [Double] in
      [pair.entry.low - pair.predicted, pair.entry.high - pair.predicted, 0]
    }
    let (low, high) = SweepTable.range(ends)
    let ticks = table.sampleSizes.map { Axis.Tick(Double($0), "\($0)") }
    let (first, last) = (table.sampleSizes.first ?? 0, table.sampleSizes.last ?? 1)
    let room = table.groupWidth * 0.65
    return Panel(
      x: Axis("training samples *N*", low: Double(first) - room, high: Double(last) + room, ticks: ticks),
      y: Axis("measured \u{2212} predicted", low: low, high: high), guides: [.horizontal(at: 0)],
      series: table.methods.indices.map { index in
        Series(
          table.methods[index], .intervals(x: "place", y: "residual", low: "residual low", high: "residual high"),
          SweepPalette.methodPoints(index))
      })
  }

  private var blocks: [DataBlock] {
    table.methods.indices.map { index in
      var block = DataBlock(
        table.methods[index],
        columns: [
          "predicted", "measured", "low", "high", "place", "residual", "residual low", "residual high", "d", "K", "N",
        ])
      for pair in pairs where pair.method == index {
        let (entry, predicted) = (pair.entry, pair.predicted)
        block.append([
          predicted, entry.value, entry.low, entry.high, table.slot(entry.row), entry.value - predicted,
          entry.low - predicted, entry.high - predicted, Double(entry.row.dimension),
          Double(entry.row.trueComponents), Double(entry.row.samples),
        ])
      }
      return block
    }
  }

  private var diagonal: DataBlock {
    let (low, high) = table.detail
    return DataBlock("diagonal", columns: ["predicted", "measured"], rows: [[low, low], [high, high]])
  }

  private var caption: MarkedText {
    MarkedText(
      "Errors of the predictions. Left: measured against predicted *M*_{pt}/*N*, one point per tuple and method; a "
        + "method that always gives the same number forms a vertical line." + table.outsideText("the left frame")
        + " Right: the residuals, grouped by *N* and moved sideways by *d* and *K*, with the 95 % intervals of the "
        + "measurement.")
  }
}
