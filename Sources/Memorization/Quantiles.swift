// SPDX-License-Identifier: MIT

/// Mean and five quantiles of a set of distances (linear interpolation, as NumPy's default).
public struct Quantiles: Sendable, Codable, Hashable {
  public let mean, p10, p25, p50, p75, p90: Double

  public init(mean: Double, p10: Double, p25: Double, p50: Double, p75: Double, p90: Double) {
    (self.mean, self.p10, self.p25, self.p50, self.p75, self.p90) = (mean, p10, p25, p50, p75, p90)
  }

  /// The quantiles of a non-empty list.
  public init(of values: [Double]) {
    precondition(!values.isEmpty, "quantiles of nothing")
    let sorted = values.sorted()
    func quantile(_ p: Double) -> Double {
      let position = p * Double(sorted.count - 1)
      let below = Int(position)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
    self.init(
      mean: values.reduce(0, +) / Double(values.count), p10: quantile(0.1), p25: quantile(0.25), p50: quantile(0.5),
      p75: quantile(0.75), p90: quantile(0.9))
  }
}
