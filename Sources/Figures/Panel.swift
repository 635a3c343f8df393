// SPDX-License-Identifier: MIT

/// An axis with its name and symbol.
public struct Axis: Sendable, Hashable {
  public var label: MarkedText
  /// The ends of the axis; nil leaves an end to gnuplot.
  public var low, high: Double?
  public var logarithmic: Bool
  /// Positions and names of the ticks; nil is gnuplot's choice.
  public var ticks: [Tick]?
  public struct Tick: Sendable, Hashable {
    public var position: Double
    public var name: MarkedText

    public init(_ position: Double, _ name: MarkedText) { (self.position, self.name) = (position, name) }
  }

  public init(
    _ label: MarkedText, low: Double? = nil, high: Double? = nil, logarithmic: Bool = false, ticks: [Tick]? = nil
  ) {
    (self.label, self.low, self.high) = (label, low, high)
    (self.logarithmic, self.ticks) = (logarithmic, ticks)
  }
}

/// A mark that is not data: behind the series unless it is a label.
public enum Guide: Sendable, Hashable {
  case horizontal(at: Double)
  case vertical(at: Double, style: SeriesStyle)
  /// A grey band over the panel's whole height.
  case band(from: Double, to: Double)
  case label(MarkedText, x: Double, y: Double, alignment: Alignment)

  public enum Alignment: String, Sendable, Hashable { case left, center, right }
}

/// One coordinate frame of a figure.
public struct Panel: Sendable, Hashable {
  public var title: MarkedText?
  public var x: Axis
  public var y: Axis
  /// A second scale above the panel: its axis, and how many of its units one unit of x is.
  public var top: TopScale?
  public var guides: [Guide]
  public var series: [Series]

  public struct TopScale: Sendable, Hashable {
    public var label: MarkedText
    public var perUnit: Double

    public init(_ label: MarkedText, perUnit: Double) { (self.label, self.perUnit) = (label, perUnit) }
  }

  public init(
    title: MarkedText? = nil, x: Axis, y: Axis, top: TopScale? = nil, guides: [Guide] = [], series: [Series]
  ) {
    (self.title, self.x, self.y, self.top) = (title, x, y, top)
    (self.guides, self.series) = (guides, series)
  }
}
