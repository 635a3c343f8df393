// SPDX-License-Identifier: MIT

/// Mean and spread of independent values, such as one number of several seeds.
package struct SampleSpread: Equatable {
  package let values: [Double]
  package let mean: Double
  /// sum (x - mean)^2.
  package let squares: Double
  /// Sample standard deviation, n - 1 in the denominator; nil for one value.
  package let standardDeviation: Double?
  /// Student's 95 % interval of the mean, mean -+ t_{0.975, n-1} sd / sqrt(n); nil for one value.
  package let low, high: Double?

  /// nil of nothing.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let (count, mean) = (Double(values.count), values.mean)
    let squares = values.squares(around: mean)
    (self.values, self.mean, self.squares) = (values, mean, squares)
    guard values.count > 1 else {
      (standardDeviation, low, high) = (nil, nil, nil)
      return
    }
    let deviation = (squares / (count - 1)).squareRoot()
    let half = Student.tabulated(degreesOfFreedom: values.count - 1, decimals: 3) * deviation / count.squareRoot()
    (standardDeviation, low, high) = (deviation, mean - half, mean + half)
  }

  /// Mean and Student's 95 % interval of one further value, mean -+ t_{0.975, n-1} sd sqrt(1 + 1/n); n >= 2 values.
  package static func predictionInterval(_ values: [Double]) -> (mean: Double, low: Double, high: Double) {
    guard let spread = Self(values), let deviation = spread.standardDeviation else {
      preconditionFailure("\(values.count) values have no spread")
    }
    let quantile = Student.tabulated(degreesOfFreedom: values.count - 1, decimals: 4)
    let half = quantile * deviation * (1 + 1 / Double(values.count)).squareRoot()
    return (spread.mean, spread.mean - half, spread.mean + half)
  }
}

extension [Double] {
  /// The mean, summed from the front; nan of nothing.
  package var mean: Double { reduce(0, +) / Double(count) }

  /// sum (x - centre)^2.
  package func squares(around centre: Double) -> Double { reduce(0) { $0 + ($1 - centre) * ($1 - centre) } }
}
