// SPDX-License-Identifier: MIT

/// An axis with its name and symbol.
public struct Axis: Sendable, Hashable {
  /// Its name with symbol and unit.
  public var label: MarkedText
  /// The ends of the axis; nil leaves an end to gnuplot.
  public var low, high: Double?
  /// Base 10.
  public var logarithmic: Bool
  /// Positions and names of the ticks; nil is gnuplot's choice.
  public var ticks: [Tick]?
  /// A tick with a text of its own.
  public struct Tick: Sendable, Hashable {
    /// In units of the axis.
    public var position: Double
    /// What stands there.
    public var name: MarkedText

    /// A tick at `position`, with `name` beside it.
    public init(_ position: Double, _ name: MarkedText) { (self.position, self.name) = (position, name) }
  }

  /// By default linear, with ends and ticks of gnuplot's choice.
  public init(
    _ label: MarkedText, low: Double? = nil, high: Double? = nil, logarithmic: Bool = false, ticks: [Tick]? = nil
  ) {
    (self.label, self.low, self.high) = (label, low, high)
    (self.logarithmic, self.ticks) = (logarithmic, ticks)
  }
}

/// A mark that is not data: behind the series unless it is a label.
public enum Guide: Sendable, Hashable {
  /// A grey line over the panel's whole width.
  case horizontal(at: Double)
  /// A line over the panel's whole height.
  case vertical(at: Double, style: SeriesStyle)
  /// A grey band over the panel's whole height.
  case band(from: Double, to: Double)
  /// A text at a point, in units of both axes.
  case label(MarkedText, x: Double, y: Double, alignment: Alignment)

  /// Which part of a text lies at its point.
  public enum Alignment: String, Sendable, Hashable {
    /// Its left end, its middle, its right end.
    case left, center, right
  }
}

/// One coordinate frame of a figure.
public struct Panel: Sendable, Hashable {
  /// Above the frame; nil for none.
  public var title: MarkedText?
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// A second scale above the panel: its axis, and how many of its units one unit of x is.
  public var top: TopScale?
  /// Marks that are not data.
  public var guides: [Guide]
  /// Drawn in this order, later ones over earlier ones.
  public var series: [Series]

  /// A second scale above a panel.
  public struct TopScale: Sendable, Hashable {
    /// Its name with symbol and unit.
    public var label: MarkedText
    /// How many of its units one unit of x is.
    public var perUnit: Double

    /// `perUnit` of the scale's units are one unit of x.
    public init(_ label: MarkedText, perUnit: Double) { (self.label, self.perUnit) = (label, perUnit) }
  }

  /// A frame; its series name blocks of the figure it will belong to.
  public init(
    title: MarkedText? = nil, x: Axis, y: Axis, top: TopScale? = nil, guides: [Guide] = [], series: [Series]
  ) {
    (self.title, self.x, self.y, self.top) = (title, x, y, top)
    (self.guides, self.series) = (guides, series)
  }
}
