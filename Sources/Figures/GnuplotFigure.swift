// SPDX-License-Identifier: MIT

/// A figure: its data, its panels in rows of equal frames, and one legend below them.
///
/// It becomes `<name>.dat`, `<name>.csv` and `<name>.gp`, which draw it again wherever gnuplot is.
public struct GnuplotFigure: Sendable, Hashable {
  /// The name of its files, without extension.
  public var name: String
  /// What it shows: the head of its script, and the text below it on a page.
  public var caption: MarkedText
  /// Centimetres.
  public var width: Double
  /// Centimetres.
  public var height: Double
  /// Panels per row.
  public var columns: Int
  /// Frames, row by row; at least one.
  public var panels: [Panel]
  /// The blocks that series name.
  public var data: [DataBlock]
  /// Legend entries that belong to no series, after those of the series.
  public var extraLegend: [LegendEntry]
  /// Entries per row of the legend, at most.
  public var legendColumns: Int

  /// A legend entry drawn without data: for a guide's band, or for several series of one style.
  public enum LegendEntry: Sendable, Hashable {
    /// A guide's grey band.
    case band(MarkedText)
    /// The area of a series in that style.
    case area(MarkedText, SeriesStyle)
    /// A line of that style.
    case line(MarkedText, SeriesStyle)
    /// A line with markers.
    case markedLine(MarkedText, SeriesStyle)
    /// Markers alone.
    case points(MarkedText, SeriesStyle)
    /// A marked line on its area.
    case shadedLine(MarkedText, SeriesStyle)
  }

  /// At least one panel and one column; every series must name a block of `data`. Nothing is drawn.
  public init(
    name: String, caption: MarkedText, width: Double = 16, height: Double = 8.5, columns: Int = 1, panels: [Panel],
    data: [DataBlock], extraLegend: [LegendEntry] = [], legendColumns: Int = 3
  ) {
    precondition(!panels.isEmpty && columns > 0, "figure \(name): \(panels.count) panels in \(columns) columns")
    (self.name, self.caption, self.width, self.height) = (name, caption, width, height)
    (self.columns, self.panels, self.data) = (columns, panels, data)
    (self.extraLegend, self.legendColumns) = (extraLegend, legendColumns)
  }

  var rows: Int { (panels.count + columns - 1) / columns }

  func block(_ name: String) -> DataBlock {
    guard let block = data.first(where: { $0.name == name }) else {
      preconditionFailure("figure \(self.name) has no data \(name), only \(data.map(\.name))")
    }
    return block
  }
}
