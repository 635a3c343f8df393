// SPDX-License-Identifier: MIT
internal import Kernels
internal import Memorization

/// The ratio of two medians with a bootstrap interval.
struct MedianRatio {
  let value, low, high: Double

  /// nil where the second median is 0. The bootstrap resamples both lists.
  init?(_ first: [Double], _ second: [Double], settings: AuditSettings) {
    let (a, b) = (first.sorted(), second.sorted())
    let (top, bottom) = (Self.median(a), Self.median(b))
    guard bottom > 0 else { return nil }
    value = top / bottom
    let key = RandomKey(seed: settings.seed).child("median-ratio")
    let pairs = (0..<settings.bootstraps).map { index -> (Double, Double) in
      let draw = key.child(index)
      return (Self.resampled(a, draw.child("first")), Self.resampled(b, draw.child("second")))
    }
    // A resample whose lower median is 0 has no ratio: then there is no interval to speak of.
    guard pairs.allSatisfy({ $0.1 > 0 }) else { return nil }
    let ratios = pairs.map { $0.0 / $0.1 }.sorted()
    let tail = (1 - settings.confidence) / 2
    low = ratios[Int(tail * Double(ratios.count - 1))]
    high = ratios[Int(((1 - tail) * Double(ratios.count - 1)).rounded(.up))]
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
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
