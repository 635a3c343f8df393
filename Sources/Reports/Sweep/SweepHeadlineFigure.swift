// SPDX-License-Identifier: MIT
internal import Figures

/// Measured M_pt against N for every tuple, with the lines of the predictions: absolute, and as M_pt/N in detail.
struct SweepHeadlineFigure {
  let table: SweepTable

  var figure: GnuplotFigure? {
    guard !table.entries.isEmpty else { return nil }
    return GnuplotFigure(
      name: "sweep", caption: caption, width: 17.5, height: 17, panels: [totals, shares],
      data: measuredBlocks + predictedBlocks, legendColumns: 4)
  }

  private var components: [Int] { table.trueComponents }

  private var axis: Axis {
    let (sizes, room) = (table.sampleSizes, table.groupWidth * 0.65)
    return Axis(
      "training samples *N*; in each group dimension *d* = \(Self.list(table.dimensions)) from left to right",
      low: Double(sizes.first ?? 0) - room, high: Double(sizes.last ?? 1) + room,
      ticks: sizes.map { Axis.Tick(Double($0), "\($0)") })
  }

  static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ", ") }

  private var totals: Panel {
    var axis = axis
    axis.label = ""
    return Panel(
      x: axis, y: Axis("transition point *M*_{pt}", low: 0), guides: boundaries,
      series: predictionSeries("total", titled: false)
        + components.indices.map { index in
          Series(
            "K = \(components[index])", .intervals(x: "place", y: "M_pt", low: "M_pt low", high: "M_pt high"),
            SweepPalette.components(index), title: MarkedText("*K* = \(components[index])"))
        })
  }

  private var shares: Panel {
    let (low, high) = table.detail
    return Panel(
      x: axis, y: Axis("*M*_{pt} / *N*", low: low, high: high), guides: boundaries,
      series: predictionSeries("share", titled: true)
        + components.indices.map { index in
          Series(
            "K = \(components[index])", .intervals(x: "place", y: "M_pt/N", low: "low", high: "high"),
            SweepPalette.components(index))
        })
  }

  /// Thin lines between the groups of one N.
  private var boundaries: [Guide] {
    let sizes = table.sampleSizes.map(Double.init)
    return zip(sizes, sizes.dropFirst()).map { .vertical(at: ($0 + $1) / 2, style: Self.thin) }
  }

  private static let thin = SeriesStyle("#d8d8d8", lineWidth: 0.5)

  private func predictionSeries(_ column: String, titled: Bool) -> [Series] {
    table.methods.enumerated().map { index, method in
      Series(
        "prediction \(method)", .line(x: "place", y: column == "total" ? "M_pt" : "M_pt/N"),
        SweepPalette.method(index), title: titled ? .verbatim(method) : nil)
    }
  }

  private var measuredBlocks: [DataBlock] {
    components.map { count in
      var block = DataBlock(
        "K = \(count)",
        columns: ["place", "M_pt/N", "low", "high", "M_pt", "M_pt low", "M_pt high", "d", "K", "N", "seeds"])
      for entry in table.entries where entry.row.trueComponents == count {
        let (row, total) = (entry.row, Double(entry.row.samples))
        block.append([
          table.slot(row), entry.value, entry.low, entry.high, entry.value * total, entry.low * total,
          entry.high * total, Double(row.dimension), Double(count), total, Double(row.values.count),
        ])
      }
      return block
    }
  }

  /// A line over the places of each N; a row of no numbers ends it.
  private var predictedBlocks: [DataBlock] {
    table.methods.map { method in
      var block = DataBlock("prediction \(method)", columns: ["place", "M_pt/N", "M_pt", "d", "K", "N"])
      var last: SweepRow?
      for row in table.rows {
        guard let crossover = table.prediction(method, row) else { continue }
        if let last, last.samples != row.samples {
          block.append([Double](repeating: .nan, count: 6))
        }
        block.append([
          table.slot(row), crossover, crossover * Double(row.samples), Double(row.dimension),
          Double(row.trueComponents), Double(row.samples),
        ])
        last = row
      }
      return block
    }
  }

  private var caption: MarkedText {
    let missing = table.rows.count - table.entries.count
    let left = missing == 0 ? "" : " \(missing) of \(table.rows.count) tuples have no transition in range."
    let lines =
      table.methods.isEmpty
      ? "" : " Lines: predictions at the places of the tuples." + table.outsideText("the lower frame")
    return MarkedText(
      "Measured transition point *M*_{pt} against *N* for \(table.entries.count) tuples (*d*, *K*, *N*): above the "
        + "number of components, below its share of *N*. Each group has one *N*. Points are moved sideways by "
        + "*d* and, within each *d*, by *K*. Bars: 95 % intervals, Student's over seeds if there are several, otherwise "
        + "the bootstrap over evaluation samples, which does not cover the spread over seeds." + lines + left)
  }
}
