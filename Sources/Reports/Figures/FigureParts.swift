// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Statistics

/// Axes and words that the figures of a family share.
extension Family {
  /// M / N from zero to a little beyond the largest capacity.
  func capacityAxis(low: Double = 0) -> Axis {
    Axis("model capacity *M* / *N*", low: low, high: largestCapacity * 1.03)
  }

  /// The number of components above the same axis.
  var componentScale: Panel.TopScale { Panel.TopScale("components *M*", perUnit: Double(samples)) }

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
