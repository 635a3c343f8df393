// SPDX-License-Identifier: MIT

/// The Mann-Whitney statistic of two lists of numbers.
package enum MannWhitney {
  /// Z of U, the number of pairs in which the first list's number is the larger, ties counting half:
  ///
  ///     Z = (U - n m / 2) / sqrt(n m (n + m + 1) / 12)
  ///
  /// without a correction for ties, as Meehan et al. (2020) have it. Both lists non-empty. Cost of sorting.
  package static func z(_ first: [Double], _ second: [Double]) -> Double {
    let (n, m) = (Double(first.count), Double(second.count))
    return (pairs(first, second) - n * m / 2) / (n * m * (n + m + 1) / 12).squareRoot()
  }

  /// U.
  package static func pairs(_ first: [Double], _ second: [Double]) -> Double {
    let (a, b) = (first.sorted(), second.sorted())
    var (below, upTo, total) = (0, 0, 0.0)
    for value in a {
      while below < b.count && b[below] < value { below += 1 }
      upTo = max(upTo, below)
      while upTo < b.count && b[upTo] <= value { upTo += 1 }
      total += Double(below) + Double(upTo - below) / 2
    }
    return total
  }
}
