// SPDX-License-Identifier: MIT

/// Mean and spread of a number over independent seeds: the part that a bootstrap over evaluation samples leaves out.
package struct SeedSpread: Equatable {
  package let values: [Double]
  package let mean: Double
  /// Sample standard deviation, n - 1 in the denominator; nil for one seed.
  package let standardDeviation: Double?
  /// Student's 95 % interval of the mean, mean +- t_{0.975, n-1} sd / sqrt(n); nil for one seed.
  package let low, high: Double?

  /// nil of nothing.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.values = values
    self.mean = mean
    guard values.count > 1 else {
      (standardDeviation, low, high) = (nil, nil, nil)
      return
    }
    let deviation = (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (count - 1)).squareRoot()
    let half = Self.quantile(degreesOfFreedom: values.count - 1) * deviation / count.squareRoot()
    (standardDeviation, low, high) = (deviation, mean - half, mean + half)
  }

  /// t_{0.975}: tabulated up to 30 degrees of freedom, beyond by Abramowitz and Stegun 26.7.5
  /// (two terms, error below 1e-3 there).
  package static func quantile(degreesOfFreedom: Int) -> Double {
    let table = [
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
      2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ]
    precondition(degreesOfFreedom > 0, "no t quantile for \(degreesOfFreedom) degrees of freedom")
    guard degreesOfFreedom > table.count else { return table[degreesOfFreedom - 1] }
    let (z, n) = (1.959964, Double(degreesOfFreedom))
    return z + (z * z * z + z) / (4 * n) + (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n)
  }
}
