// SPDX-License-Identifier: MIT
package import Kernels

/// The ratio of two medians with a bootstrap interval.
package struct MedianRatio {
  package let value, low, high: Double

  /// Both lists non-empty and resampled; nil where the second median is 0, in the lists or in a resample.
  package init?(_ first: [Double], _ second: [Double], bootstraps: Int, confidence: Double, key: RandomKey) {
    let (a, b) = (first.sorted(), second.sorted())
    let (top, bottom) = (Quantiles.median(ofSorted: a), Quantiles.median(ofSorted: b))
    guard bottom > 0 else { return nil }
    value = top / bottom
    let pairs = (0..<bootstraps).map { index -> (Double, Double) in
      let draw = key.child(index)
      return (Self.resampled(a, draw.child("first")), Self.resampled(b, draw.child("second")))
    }
    // A resample whose lower median is 0 has no ratio: then there is no interval to speak of.
    guard pairs.allSatisfy({ $0.1 > 0 }) else { return nil }
    let ratios = pairs.map { $0.0 / $0.1 }.sorted()
    let tail = (1 - confidence) / 2
    low = ratios[Int(tail * Double(ratios.count - 1))]
    high = ratios[Int(((1 - tail) * Double(ratios.count - 1)).rounded(.up))]
  }

  /// The median of a resample of a sorted list: counts of draws are enough.
  private static func resampled(_ sorted: [Double], _ key: RandomKey) -> Double {
    var counts = [Int32](repeating: 0, count: sorted.count)
    for index in key.integers(sorted.count, below: sorted.count) { counts[index] += 1 }
    let (n, half) = (sorted.count, sorted.count / 2)
    var (seen, lower) = (0, 0.0)
    for index in 0..<n where counts[index] > 0 {
      let before = seen
      seen += Int(counts[index])
      if n % 2 == 0, before < half, seen >= half { lower = sorted[index] }
      if seen > half { return n % 2 == 1 ? sorted[index] : (lower + sorted[index]) / 2 }
    }
    return sorted[n - 1]
  }
}
