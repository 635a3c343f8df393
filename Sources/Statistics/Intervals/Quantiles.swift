// SPDX-License-Identifier: MIT

/// Mean and five quantiles of a set of numbers (linear interpolation, as NumPy's default).
public struct Quantiles: Sendable, Codable, Hashable {
  /// The mean, and the 10, 25, 50, 75 and 90 % quantiles.
  public let mean, p10, p25, p50, p75, p90: Double

  /// Values as given; `init(of:)` measures them.
  public init(mean: Double, p10: Double, p25: Double, p50: Double, p75: Double, p90: Double) {
    (self.mean, self.p10, self.p25, self.p50, self.p75, self.p90) = (mean, p10, p25, p50, p75, p90)
  }

  /// The quantiles of a non-empty list.
  public init(of values: [Double]) {
    precondition(!values.isEmpty, "quantiles of nothing")
    let sorted = values.sorted()
    func quantile(_ p: Double) -> Double { Self.quantile(p, ofSorted: sorted) }
    self.init(
      mean: values.mean, p10: quantile(0.1), p25: quantile(0.25), p50: quantile(0.5), p75: quantile(0.75),
      p90: quantile(0.9))
  }

  /// The quantile of a non-empty ascending list, between order statistics: x_i + f (x_(i+1) - x_i), i + f = p (n - 1).
  package static func quantile(_ probability: Double, ofSorted sorted: [Double]) -> Double {
    let position = probability * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    let share = position - Double(below)
    // A neighbour of weight 0 must not count: 0 * infinity is not a number.
    return share == 0 ? sorted[below] : sorted[below] + share * (sorted[above] - sorted[below])
  }

  /// The middle of a non-empty ascending list, or the mean of its two.
  package static func median(ofSorted sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
