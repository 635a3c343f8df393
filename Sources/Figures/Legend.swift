// SPDX-License-Identifier: MIT

/// The legend of a figure: rows of equal columns below all panels, never on the data.
///
/// It is drawn with arrows, points and labels at exact places, because gnuplot's own key cannot span panels.
struct Legend {
  /// What is drawn before an entry's text.
  struct Entry {
    let title: MarkedText
    let style: SeriesStyle
    var line = false
    var point = false
    /// Opacity of a filled box; 0 for none.
    var fill = 0.0
  }

  let entries: [Entry]
  private let figure: GnuplotFigure

  init(_ figure: GnuplotFigure) {
    self.figure = figure
    let series = figure.panels.flatMap(\.series).compactMap { series in
      series.title.map { Self.entry($0, series) }
    }
    entries = series + figure.extraLegend.map(Self.entry)
  }

  private static func entry(_ title: MarkedText, _ series: Series) -> Entry {
    switch series.shape {
    case .line: Entry(title: title, style: series.style, line: true)
    case .points, .intervals, .horizontalIntervals: Entry(title: title, style: series.style, point: true)
    case .markedLine, .joinedIntervals: Entry(title: title, style: series.style, line: true, point: true)
    case .area: Entry(title: title, style: series.style, fill: Series.areaOpacity)
    }
  }

  private static func entry(_ entry: GnuplotFigure.LegendEntry) -> Entry {
    switch entry {
    case .band(let title): Entry(title: title, style: SeriesStyle(GnuplotScript.bandColour), fill: 1)
    case .area(let title, let style): Entry(title: title, style: style, fill: Series.areaOpacity)
    case .line(let title, let style): Entry(title: title, style: style, line: true)
    case .markedLine(let title, let style): Entry(title: title, style: style, line: true, point: true)
    case .points(let title, let style): Entry(title: title, style: style, point: true)
    case .shadedLine(let title, let style):
      Entry(title: title, style: style, line: true, point: true, fill: Series.areaOpacity)
    }
  }

  private let rowHeight = 0.56
  private let symbolWidth = 1.15

  /// Centimetres of each column: symbol, gap and its longest text at about 0.165 cm a character.
  private func widths(columns: Int) -> [Double] {
    (0..<columns).map { column in
      let titles = entries.indices.filter { $0 % columns == column }.map { entries[$0].title.plain.count }
      return symbolWidth + 0.25 + 0.165 * Double(titles.max() ?? 0) + 0.5
    }
  }

  /// As many columns as fit.
  private var columns: Int {
    let most = max(1, min(entries.count, figure.legendColumns))
    return (1...most).last { widths(columns: $0).reduce(0, +) <= figure.width } ?? 1
  }

  private var rows: Int { entries.isEmpty ? 0 : (entries.count + columns - 1) / columns }

  /// Centimetres below the panels.
  var height: Double { rows == 0 ? 0 : Double(rows) * rowHeight + 0.15 }

  /// The statements that draw the legend, numbered from 101 so that panels may use lower numbers.
  var lines: [String] {
    guard !entries.isEmpty else { return [] }
    let widths = widths(columns: columns)
    let left = max(0.2, (figure.width - widths.reduce(0, +) + 0.5) / 2)
    return ["# legend"]
      + entries.indices.flatMap { index in
        let x = left + widths[..<(index % columns)].reduce(0, +)
        let y = 0.1 + rowHeight * (Double(rows - 1 - index / columns) + 0.5)
        return lines(entries[index], number: 101 + 2 * index, x: x, y: y)
      }
  }

  private func lines(_ entry: Entry, number: Int, x: Double, y: Double) -> [String] {
    func place(_ x: Double, _ y: Double) -> String {
      "screen \(PanelLayout.fraction(x, of: figure.width)), screen \(PanelLayout.fraction(y, of: figure.height))"
    }
    let style = entry.style
    var lines: [String] = []
    if entry.fill > 0 {
      let solid = entry.fill < 1 ? "transparent solid \(entry.fill)" : "solid"
      lines.append(
        "set object \(number) rectangle from \(place(x, y - 0.17)) to \(place(x + symbolWidth, y + 0.17)) "
          + "fc rgb '\(style.colour)' fs \(solid) noborder")
    }
    if entry.line {
      lines.append(
        "set arrow \(number) from \(place(x, y)) to \(place(x + symbolWidth, y)) nohead lc rgb '\(style.colour)' "
          + "lw \(style.lineWidth) dt \(style.dash.pattern)")
    }
    if entry.point {
      lines.append(
        "set label \(number + 1) '' at \(place(x + symbolWidth / 2, y)) point pt \(style.marker.rawValue) "
          + "ps \(style.markerSize)*mark lc rgb '\(style.colour)'")
    }
    let text = GnuplotScript.literal(entry.title)
    return lines + ["set label \(number) \(text) at \(place(x + symbolWidth + 0.25, y)) left"]
  }
}
