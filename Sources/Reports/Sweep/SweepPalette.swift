// SPDX-License-Identifier: MIT
internal import Figures

/// Styles of the sweep's figures: markers and colours for K, dashes for predictions.
enum SweepPalette {
  private static let markers: [SeriesStyle.Marker] = [
    .circle, .openSquare, .triangle, .openDiamond, .down, .openCircle, .square, .openTriangle,
  ]
  private static let colours = ["#12406f", "#d1521b", "#2f9488", "#000000", "#7d5ba6", "#b8860b", "#5b8bd0", "#8a8a8a"]

  /// One K among several.
  static func components(_ index: Int, size: Double = 0.6) -> SeriesStyle {
    SeriesStyle(
      colours[index % colours.count], marker: markers[index % markers.count], lineWidth: 1, markerSize: size)
  }

  /// One method of prediction among several: apart by lightness, dash and width.
  static func method(_ index: Int) -> SeriesStyle {
    let dashes: [SeriesStyle.Dash] = [.dashed, .dotted, .dashDotted, .long, .solid, .dashed, .solid]
    let colours = ["#333333", "#000000", "#6a6a6a", "#b8b8b8", "#8a8a8a", "#5b8bd0", "#5b8bd0"]
    let widths = [1.3, 1.9, 1.5, 2.0, 0.9, 1.2, 1.7]
    return SeriesStyle(
      colours[index % colours.count], marker: markers[index % markers.count], dash: dashes[index % dashes.count],
      lineWidth: widths[index % widths.count], markerSize: 0.6)
  }

  /// The same as points.
  static func methodPoints(_ index: Int) -> SeriesStyle {
    var style = components(index, size: 0.5)
    style.lineWidth = 0.8
    return style
  }
}
