// SPDX-License-Identifier: MIT
internal import Figures
internal import Statistics

/// M_pt/N against d, K and N: every tuple, the means, and the weighted least-squares line.
struct SweepTrendFigure {
  let table: SweepTable

  private static let names = ["d", "K", "N"]
  private static let words = ["dimension *d*", "components of the data *K*", "training samples *N*"]

  /// nil where nothing varies.
  var figure: GnuplotFigure? {
    let varying = Self.names.indices.filter { values($0).count > 1 }
    guard !varying.isEmpty, table.entries.count > 1 else { return nil }
    let (low, high) = SweepTable.range(table.entries.flatMap { [$0.low, $0.high] })
    return GnuplotFigure(
      name: "sweep-trend", caption: caption, width: varying.count == 1 ? 9 : 17.5, height: 8.6,
      columns: varying.count,
      panels: varying.enumerated().map { place, quantity in
        panel(quantity, label: place == 0 ? "*M*_{pt} / *N*" : "", low: low, high: high, titled: place == 0)
      },
      data: varying.flatMap(blocks), legendColumns: 3)
  }

  private func value(_ quantity: Int, _ row: SweepRow) -> Int {
    [row.dimension, row.trueComponents, row.samples][quantity]
  }

  private func values(_ quantity: Int) -> [Int] { Set(table.entries.map { value(quantity, $0.row) }).sorted() }

  private func panel(_ quantity: Int, label: MarkedText, low: Double, high: Double, titled: Bool) -> Panel {
    let (name, values) = (Self.names[quantity], values(quantity))
    let room = Double((values.last ?? 1) - (values.first ?? 0)) * 0.15
    return Panel(
      x: Axis(
        MarkedText(Self.words[quantity]), low: Double(values.first ?? 0) - room,
        high: Double(values.last ?? 1) + room, ticks: values.map { Axis.Tick(Double($0), "\($0)") }),
      y: Axis(label, low: low, high: high),
      series: [
        Series(
          "tuples \(name)", .points(x: "place", y: "M_pt/N"), Self.faint, title: titled ? "tuples" : nil),
        Series(
          "line \(name)", .line(x: name, y: "M_pt/N"), Self.line, title: titled ? "weighted least squares" : nil),
        Series(
          "means \(name)", .intervals(x: name, y: "M_pt/N", low: "low", high: "high"), Self.mean,
          title: titled ? "mean over tuples" : nil),
      ])
  }

  private static let faint = SeriesStyle("#9a9a9a", marker: .openCircle, markerSize: 0.4)
  private static let line = SeriesStyle("#d1521b", dash: .dashed, lineWidth: 1.6)
  private static let mean = SeriesStyle("#12406f", marker: .diamond, lineWidth: 1.5, markerSize: 0.95)

  private func blocks(_ quantity: Int) -> [DataBlock] {
    let (name, values) = (Self.names[quantity], values(quantity))
    let step = zip(values.dropFirst(), values).map { Double($0 - $1) }.min() ?? 1
    var tuples = DataBlock("tuples \(name)", columns: ["place", "M_pt/N", name])
    var means = DataBlock("means \(name)", columns: [name, "M_pt/N", "low", "high", "tuples"])
    for level in values {
      let here = table.entries.filter { value(quantity, $0.row) == level }
      for (index, entry) in here.enumerated() {
        let shift = here.count > 1 ? Double(index) / Double(here.count - 1) - 0.5 : 0
        tuples.append([Double(level) + 0.5 * step * shift, entry.value, Double(level)])
      }
      if let spread = SampleSpread(here.map(\.value)) {
        let (low, high) = (spread.low ?? spread.mean, spread.high ?? spread.mean)
        means.append([Double(level), spread.mean, low, high, Double(here.count)])
      }
    }
    return [tuples, means, line(quantity)]
  }

  private func line(_ quantity: Int) -> DataBlock {
    let name = Self.names[quantity]
    var block = DataBlock("line \(name)", columns: [name, "M_pt/N"])
    guard let trend = table.trend, let index = trend.slopes.firstIndex(where: { $0.name == name }) else { return block }
    let slope = trend.slopes[index]
    for end in [slope.lowest, slope.highest] {
      block.append([end, trend.centre + slope.value * (end - trend.centres[index])])
    }
    return block
  }

  private var caption: MarkedText {
    """
    Trend of *M*_{pt}/*N*. Circles: the tuples, moved sideways; diamonds: their means with Student's 95 % interval \
    over tuples; dashed: the weighted least-squares fit, the other quantities at their means. Slopes and standard \
    errors are in the table.
    """
  }
}
