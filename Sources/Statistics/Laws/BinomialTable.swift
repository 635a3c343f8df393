// SPDX-License-Identifier: MIT
internal import Foundation

/// Exact binomial draws by inversion of a tabulated distribution function.
package struct BinomialTable {
  /// The count of the table's first entry.
  private let first: Int
  /// P(X <= first + i); the last entry is 1.
  private let cumulative: [Double]

  /// X ~ Binomial(trials, probability).
  ///
  /// Weights relative to the mode's follow `P(k+1) / P(k) = (n - k) / (k + 1) * p / (1 - p)` outwards until they fall
  /// below 2^-80: what is left out is far below the 2^-53 resolution of a uniform draw.
  package init(trials: Int, probability: Double) {
    precondition(trials >= 1 && (0...1).contains(probability), "\(trials) trials of probability \(probability)")
    let mode = min(Int(Double(trials + 1) * probability), trials)
    let odds = probability / (1 - probability)
    var below: [Double] = []
    var weight = 1.0
    for k in stride(from: mode, to: 0, by: -1) {
      weight *= Double(k) / (Double(trials - k + 1) * odds)
      if !(weight > 0x1p-80) { break }
      below.append(weight)
    }
    var weights = Array(below.reversed()) + [1]
    weight = 1
    for k in mode..<trials {
      weight *= Double(trials - k) / Double(k + 1) * odds
      if !(weight > 0x1p-80) { break }
      weights.append(weight)
    }
    first = mode - below.count
    var running = 0.0
    let sums = weights.map { (weight: Double) -> Double in
      running += weight
      return running
    }
    cumulative = sums.map { $0 / running }
  }

  /// The smallest count whose distribution function exceeds the uniform number u in [0, 1).
  package func count(_ u: Double) -> Int {
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > u { high = middle } else { low = middle + 1 }
    }
    return first + low
  }
}
