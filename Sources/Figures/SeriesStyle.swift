// SPDX-License-Identifier: MIT

/// How a series is drawn. Neighbouring colours differ in lightness, and series that share a panel differ in
/// marker and dash as well, so that a grey print and a colour-blind reader keep them apart.
public struct SeriesStyle: Sendable, Hashable {
  /// `#rrggbb`.
  public var colour: String
  /// Of shapes that have points.
  public var marker: Marker
  /// Of shapes that have lines.
  public var dash: Dash
  /// In gnuplot's units.
  public var lineWidth: Double
  /// In gnuplot's units.
  public var markerSize: Double

  /// gnuplot's point types, the same on every terminal used here.
  public enum Marker: Int, Sendable, Hashable, CaseIterable {
    /// The raw value is gnuplot's number.
    case plus = 1, cross = 2, openSquare = 4, square = 5, openCircle = 6, circle = 7, openTriangle = 8, triangle = 9
    /// Triangles that point down, and squares on their corners.
    case openDown = 10, down = 11, openDiamond = 12, diamond = 13
  }

  /// How a line is broken.
  public enum Dash: Sendable, Hashable {
    /// Strokes from whole to long, with gaps.
    case solid, dashed, dotted, dashDotted, long

    /// Lengths of stroke and gap in gnuplot's units.
    var pattern: String {
      switch self {
      case .solid: "solid"
      case .dashed: "(9,6)"
      case .dotted: "(2,5)"
      case .dashDotted: "(12,5,2,5)"
      case .long: "(18,6)"
      }
    }
  }

  /// `colour` as `#rrggbb`; the rest as most series have it.
  public init(
    _ colour: String, marker: Marker = .circle, dash: Dash = .solid, lineWidth: Double = 1.6, markerSize: Double = 0.7
  ) {
    (self.colour, self.marker, self.dash) = (colour, marker, dash)
    (self.lineWidth, self.markerSize) = (lineWidth, markerSize)
  }
}
