// SPDX-License-Identifier: MIT
import Foundation

/// Tests of a law with a stated false-alarm rate.
enum GoodnessOfFit {
  /// Two-sided point of the standard normal with tail probability 1e-6.
  static let millionth = 4.892

  /// Pearson's statistic of counts against equal expectations, as a standard normal deviate
  /// (Wilson and Hilferty 1931): |value| beyond `millionth` is a false alarm once in a million.
  static func deviate(_ counts: [Int]) -> Double {
    let (bins, total) = (Double(counts.count), Double(counts.reduce(0, +)))
    let expected = total / bins
    let chi = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    let freedom = bins - 1
    let spread = 2 / (9 * freedom)
    return (pow(chi / freedom, 1 / 3) - (1 - spread)) / spread.squareRoot()
  }

  /// Counts of values in `bins` bins that are equally likely under the standard normal.
  static func normalCounts(_ values: [Double], bins: Int) -> [Int] {
    var counts = Array(repeating: 0, count: bins)
    for value in values {
      let quantile = 0.5 * erfc(-value / 2.0.squareRoot())
      counts[min(bins - 1, Int(quantile * Double(bins)))] += 1
    }
    return counts
  }

  /// Distance of the empirical distribution from the standard normal's, times sqrt(n) (Kolmogorov and Smirnov).
  static func kolmogorov(_ values: [Double]) -> Double {
    let count = Double(values.count)
    var worst = 0.0
    for (index, value) in values.sorted().enumerated() {
      let quantile = 0.5 * erfc(-value / 2.0.squareRoot())
      worst = max(worst, quantile - Double(index) / count, Double(index + 1) / count - quantile)
    }
    return worst * count.squareRoot()
  }
}
