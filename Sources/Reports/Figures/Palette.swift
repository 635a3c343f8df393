// SPDX-License-Identifier: MIT
internal import Figures
internal import Memorization

/// The styles of the report: lightness, marker and dash all differ between series of one panel.
enum Palette {
  static let main = SeriesStyle("#12406f", marker: .circle, lineWidth: 1.8)
  static let null = SeriesStyle("#b23a12", marker: .cross, dash: .dashed, lineWidth: 1.4)
  static let half = SeriesStyle("#d1521b", marker: .diamond, lineWidth: 1.8, markerSize: 1.3)
  static let reference = SeriesStyle("#2f9488", dash: .dashDotted, lineWidth: 1.6)

  /// The four denoisers, the same in every figure.
  static func style(of subject: LossByTime.Subject) -> SeriesStyle {
    switch subject {
    case .trained: main
    case .partial: SeriesStyle("#d1521b", marker: .openSquare, dash: .dashed, lineWidth: 1.5)
    case .memorizing: SeriesStyle("#000000", marker: .diamond, dash: .dotted, lineWidth: 2)
    case .generalizing: SeriesStyle("#2f9488", marker: .triangle, dash: .dashDotted, lineWidth: 1.8)
    }
  }

  /// One seed among several: greys with different markers.
  static func seed(_ index: Int, markerSize: Double = 0.65) -> SeriesStyle {
    let markers: [SeriesStyle.Marker] = [.openCircle, .openSquare, .openTriangle, .openDiamond, .openDown, .cross]
    let greys = ["#333333", "#5a5a5a", "#474747", "#6e6e6e"]
    return SeriesStyle(
      greys[index % greys.count], marker: markers[index % markers.count], lineWidth: 0.9, markerSize: markerSize)
  }

  /// One configuration among several.
  static func configuration(_ index: Int) -> SeriesStyle {
    let colours = ["#12406f", "#d1521b", "#2f9488", "#000000", "#7d5ba6", "#b8860b", "#8a8a8a", "#5b8bd0"]
    let dashes: [SeriesStyle.Dash] = [.solid, .dashed, .dashDotted, .dotted, .long]
    let markers: [SeriesStyle.Marker] = [.circle, .openSquare, .triangle, .openDiamond, .down, .openCircle, .square]
    return SeriesStyle(
      colours[index % colours.count], marker: markers[index % markers.count], dash: dashes[index % dashes.count],
      lineWidth: 1.5)
  }
}
