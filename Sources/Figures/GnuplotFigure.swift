// SPDX-License-Identifier: MIT

/// A figure: its data, its panels in rows of equal frames, and one legend below them.
///
/// It becomes `<name>.dat`, `<name>.csv` and `<name>.gp`, which draw it again wherever gnuplot is.
public struct GnuplotFigure: Sendable, Hashable {
  /// The name of its files, without extension.
  public var name: String
  public var caption: MarkedText
  /// Centimetres.
  public var width: Double
  public var height: Double
  /// Panels per row.
  public var columns: Int
  public var panels: [Panel]
  public var data: [DataBlock]
  /// Legend entries that belong to no series, after those of the series.
  public var extraLegend: [LegendEntry]
  /// Entries per row of the legend, at most.
  public var legendColumns: Int

  /// A legend entry drawn without data: for a guide's band, or for several series of one style.
  public enum LegendEntry: Sendable, Hashable {
    case band(MarkedText)
    case area(MarkedText, SeriesStyle)
    case line(MarkedText, SeriesStyle)
    case markedLine(MarkedText, SeriesStyle)
    case points(MarkedText, SeriesStyle)
    /// A marked line on its area.
    case shadedLine(MarkedText, SeriesStyle)
  }

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
