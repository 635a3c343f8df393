// SPDX-License-Identifier: MIT
internal import Statistics

/// A crossing with its percentile interval, and the words for what is missing.
///
/// A resampled curve that does not cross in range still says on which side its crossing lies, so it keeps its place in
/// the order of the bootstraps; an end of the interval that falls among such curves is nil.
struct CrossingSummary {
  let level: Double
  let curve: FittedCurve
  let measured: CrossingPosition
  let resampled: [CrossingPosition]
  let confidence: Double
  let axis: CapacityAxis

  var crossing: Crossing {
    guard case .at(let value) = measured else {
      return Crossing(value: nil, low: nil, high: nil, reason: outOfRange)
    }
    let below = resampled.count { $0 == .belowRange }
    let above = resampled.count { $0 == .aboveRange }
    let inside = resampled.compactMap { if case .at(let position) = $0 { position } else { nil } }.sorted()
    let sorted =
      Array(repeating: -Double.infinity, count: below) + inside + Array(repeating: Double.infinity, count: above)
    let (low, high) = (Self.quantile(sorted, (1 - confidence) / 2), Self.quantile(sorted, (1 + confidence) / 2))
    return Crossing(value: value, low: low, high: high, reason: censored(below: below, above: above, low, high))
  }

  /// nil where an order statistic that it lies between is out of range.
  private static func quantile(_ sorted: [Double], _ probability: Double) -> Double? {
    let value = Quantiles.quantile(probability, ofSorted: sorted)
    return value.isFinite ? value : nil
  }

  private var outOfRange: String {
    guard let firstRatio = curve.ratios.first, let lastRatio = curve.ratios.last,
      let first = curve.positions.first, let last = curve.positions.last
    else { return "no \(axis.symbol) was measured: no training of this configuration finished" }
    if measured == .belowRange {
      return
        "the ratio is already \(Self.short(firstRatio)) at the smallest measured \(axis.quantity) = \(Self.short(first)), "
        + "above \(level): measure smaller \(axis.symbol), or train longer if every \(axis.symbol) memorizes"
    }
    let advice =
      axis == .components
      ? last < 1 ? "measure larger M, up to N" : "more samples N or a longer training may move it into range"
      : "measure larger \(axis.symbol), or train longer"
    return
      "the ratio reaches only \(Self.short(lastRatio)), up to the largest measured \(axis.quantity) = \(Self.short(last)), "
      + "below \(level): \(advice)"
  }

  /// Says how many resampled curves have no crossing, and which end of the interval they take with them.
  private func censored(below: Int, above: Int, _ low: Double?, _ high: Double?) -> String? {
    let count = resampled.count
    var parts: [String] = []
    if below > 0, let first = curve.positions.first {
      let end = low == nil ? "the low end is below" : "they count as below"
      parts.append(
        "\(below) of \(count) resampled curves start above \(level): \(end) \(axis.quantity) = \(Self.short(first))")
    }
    if above > 0, let last = curve.positions.last {
      let end = high == nil ? "the high end is above" : "they count as above"
      parts.append(
        "\(above) of \(count) resampled curves never reach \(level): \(end) \(axis.quantity) = \(Self.short(last))")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// At most four decimals, without trailing zeros: words, not data.
  private static func short(_ value: Double) -> String {
    "\((value * 1e4).rounded() / 1e4)"
  }
}
