// SPDX-License-Identifier: MIT

/// Where the frames of a figure's panels lie, from lengths in centimetres that fit the font.
///
/// All frames are equal; a row or column whose panels have no axis name takes less room.
struct PanelLayout {
  private let figure: GnuplotFigure
  private let legend: Double

  init(_ figure: GnuplotFigure) {
    self.figure = figure
    legend = Legend(figure).height
  }

  private let right = 0.5

  private func left(column: Int) -> Double {
    let panels = figure.panels.indices.filter { $0 % figure.columns == column }.map { figure.panels[$0] }
    return panels.map { panel in
      let names = panel.y.ticks.map { $0.map(\.name.plain.count).max() ?? 0 } ?? 4
      return 0.55 + 0.17 * Double(names) + (panel.y.label.plain.isEmpty ? 0 : 0.65)
    }.max() ?? 0
  }

  private func panels(row: Int) -> [Panel] {
    figure.panels.indices.filter { $0 / figure.columns == row }.map { figure.panels[$0] }
  }

  private func bottom(row: Int) -> Double {
    panels(row: row).map { $0.x.label.plain.isEmpty ? 0.8 : 1.4 }.max() ?? 0
  }

  private func top(row: Int) -> Double {
    panels(row: row).map { 0.3 + ($0.title == nil ? 0 : 0.55) + ($0.top == nil ? 0 : 1.1) }.max() ?? 0
  }

  /// Left, right, bottom and top of a panel's frame as fractions of the figure.
  func frame(_ index: Int) -> (left: Double, right: Double, bottom: Double, top: Double) {
    let (row, column) = (index / figure.columns, index % figure.columns)
    let lefts = (0..<figure.columns).map(left(column:))
    let width = (figure.width - lefts.reduce(0, +) - right * Double(figure.columns)) / Double(figure.columns)
    let x = lefts[...column].reduce(0, +) + (width + right) * Double(column)
    let edges = (0..<figure.rows).map { bottom(row: $0) + top(row: $0) }
    let height = (figure.height - legend - edges.reduce(0, +)) / Double(figure.rows)
    let y = figure.height - edges[..<row].reduce(0, +) - height * Double(row) - top(row: row)
    return (
      Self.fraction(x, of: figure.width), Self.fraction(x + width, of: figure.width),
      Self.fraction(y - height, of: figure.height), Self.fraction(y, of: figure.height)
    )
  }

  /// Rounded, so that scripts are short to read.
  static func fraction(_ length: Double, of whole: Double) -> Double { (length / whole * 1e4).rounded() / 1e4 }
}
