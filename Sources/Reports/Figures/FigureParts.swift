// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Statistics

/// How a capacity is written in figures and tables.
extension CapacityAxis {
  /// `*M*`.
  var markedSymbol: String { "*\(symbol)*" }
  /// `*M*/*N*`, `*W*`.
  var marked: String { self == .components ? "*M*/*N*" : markedSymbol }
  /// Where the ratio passes one half: `*M*_{pt}/*N*`.
  var markedHalf: String { markedSymbol + "_{pt}" + (self == .components ? "/*N*" : "") }
}

/// Axes and words that the figures of a family share.
extension Family {
  /// How the capacity of its models is counted.
  var axis: CapacityAxis { configuration.capacityAxis }

  /// M / N from zero to a little beyond the largest capacity.
  func capacityAxis(low: Double = 0) -> Axis {
    Axis(
      MarkedText("model capacity " + axis.marked.replacing("/", with: " / ")), low: low, high: largestCapacity * 1.03)
  }

  /// The number of components above the same axis.
  var componentScale: Panel.TopScale? {
    axis == .components ? Panel.TopScale("components *M*", perUnit: Double(samples)) : nil
  }

  /// The grey 10-90 % band, from the mean start to the mean end; open to the right when the end is out of range.
  var transitionBand: Guide? {
    let transition = FamilyTransition(self)
    guard let start = transition.spread(.start)?.mean else { return nil }
    return .band(from: start, to: transition.spread(.end)?.mean ?? largestCapacity)
  }

  /// `data seed 3` as the name of a data block.
  func block(_ prefix: String, _ curve: Curve) -> String {
    "\(prefix) \(curve.seedName)"
  }

  var settingsCaption: MarkedText { MarkedText(" " + SettingsText(family: self).caption) }

  /// How many seeds stand behind a mean: `mean of 3 data seeds`.
  var meanName: String { "mean of \(plotted.count) seeds" }
}
