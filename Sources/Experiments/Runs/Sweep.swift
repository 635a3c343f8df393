// SPDX-License-Identifier: MIT

/// Which capacities M a sweep trains: the paper's tenths, then more around the transition.
public enum Sweep {
  /// round(i N / 10) for i = 1..10 without repeats, halves upwards, those of at least 1.
  public static func tenths(samples: Int) -> [Int] {
    Set((1...10).map { ($0 * samples + 5) / 10 }).filter { $0 >= 1 }.sorted()
  }

  /// At most `count` new capacities, evenly spaced over the transition of a measured curve.
  ///
  /// The transition lies between the last M with ratio < 0.1 (without one: below the smallest M) and
  /// the first with ratio > 0.9 (without one: `samples`). Chosen are integers of that range that were
  /// not measured, all of them when there are at most `count`. Ratios that are not numbers locate
  /// nothing, but their M counts as measured. Empty when nothing is left to look at: no M reaches
  /// ratio 0.1, or the range holds no new integer.
  public static func refinement(
    curve: [(capacity: Int, ratio: Double)], samples: Int, count: Int
  ) -> [Int] {
    guard !curve.isEmpty, count > 0 else { return [] }
    let below = curve.filter { $0.ratio < 0.1 }.map(\.capacity).max() ?? 0
    let above = curve.filter { $0.ratio > 0.9 }.map(\.capacity).min()
    if above == nil && below >= samples { return [] }
    // On a curve that is not monotone the two may be swapped; the doubtful range is still between them.
    let ends = (below, above ?? samples)
    let measured = Set(curve.map(\.capacity))
    let range = min(ends.0, ends.1)...max(ends.0, ends.1)
    return spread(range.filter { $0 >= 1 && !measured.contains($0) }, count: count)
  }

  /// `count` evenly spaced elements of a list, or all of a shorter one.
  ///
  /// Element i is the one at the middle of the i-th of `count` equal parts, so neither end is preferred.
  private static func spread(_ candidates: [Int], count: Int) -> [Int] {
    guard candidates.count > count else { return candidates }
    return (0..<count).map { candidates[((2 * $0 + 1) * candidates.count) / (2 * count)] }
  }
}
