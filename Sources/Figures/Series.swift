// SPDX-License-Identifier: MIT

/// One drawn set of columns of a data block.
public struct Series: Sendable, Hashable {
  /// What is drawn from which columns.
  public enum Shape: Sendable, Hashable {
    /// A line through the points in the order of the rows.
    case line(x: String, y: String)
    /// Markers.
    case points(x: String, y: String)
    /// Markers joined by a line.
    case markedLine(x: String, y: String)
    /// Points with vertical intervals.
    case intervals(x: String, y: String, low: String, high: String)
    /// Points with vertical intervals, joined by a line.
    case joinedIntervals(x: String, y: String, low: String, high: String)
    /// Points with horizontal intervals.
    case horizontalIntervals(x: String, y: String, low: String, high: String)
    /// The area between two curves.
    case area(x: String, low: String, high: String)
  }

  /// The name of the data block.
  public var block: String
  /// What is drawn, from which columns.
  public var shape: Shape
  /// Colour, marker, dash and sizes.
  public var style: SeriesStyle
  /// The entry in the legend; nil for none.
  public var title: MarkedText?

  /// Columns that `shape` names must be in the block.
  public init(_ block: String, _ shape: Shape, _ style: SeriesStyle, title: MarkedText? = nil) {
    (self.block, self.shape, self.style, self.title) = (block, shape, style, title)
  }

  static let areaOpacity = 0.22

  /// The parts drawn over each other: gnuplot's `using` and `with` clauses, given each column's number.
  ///
  /// Intervals are two-headed vectors with square heads: gnuplot's own error bars clear a disc around their points,
  /// which hides short intervals and the lines below.
  func layers(number: (String) -> Int) -> [(using: String, with: String)] {
    let line = "lines lc rgb '\(style.colour)' lw \(style.lineWidth) dt \(style.dash.pattern)"
    let bar =
      "vectors heads nofilled size screen 0.004,90 lc rgb '\(style.colour)' lw \(min(style.lineWidth, 1.2))"
    let point = "points lc rgb '\(style.colour)' lw 1.2 pt \(style.marker.rawValue) ps \(style.markerSize)*mark"
    func pair(_ x: String, _ y: String) -> String { "\(number(x)):\(number(y))" }
    func length(_ low: String, _ high: String) -> String { "($\(number(high))-$\(number(low)))" }
    switch shape {
    case .line(let x, let y): return [(pair(x, y), line)]
    case .points(let x, let y): return [(pair(x, y), point)]
    case .markedLine(let x, let y): return [(pair(x, y), line), (pair(x, y), point)]
    case .intervals(let x, let y, let low, let high):
      return [("\(pair(x, low)):(0):\(length(low, high))", bar), (pair(x, y), point)]
    case .joinedIntervals(let x, let y, let low, let high):
      return [(pair(x, y), line), ("\(pair(x, low)):(0):\(length(low, high))", bar), (pair(x, y), point)]
    case .horizontalIntervals(let x, let y, let low, let high):
      return [("\(pair(low, y)):\(length(low, high)):(0)", bar), (pair(x, y), point)]
    case .area(let x, let low, let high):
      let fill = "fs transparent solid \(Self.areaOpacity) noborder lc rgb '\(style.colour)'"
      return [("\(pair(x, low)):\(number(high))", "filledcurves \(fill)")]
    }
  }
}
