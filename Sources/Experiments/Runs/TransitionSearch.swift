// SPDX-License-Identifier: MIT
internal import Foundation

/// Which capacities to train next to find the transition with fewer trainings than a grid.
///
/// Each of the levels 0.5, 0.1, 0.9 is bracketed by the largest M whose ratio is below it and the smallest above;
/// the next M of a level is where a line through the bracket's ends, in logits of the ratio, crosses it, kept away
/// from the ends so that a bracket shrinks by a quarter at least. A level is done when its bracket is no wider than
/// `tolerance`. A pure function of what was measured: equal curves ask for equal capacities.
public struct TransitionSearch: Sendable, Hashable {
  /// N, the largest capacity.
  public let samples: Int
  /// Width of M below which a bracket is left alone.
  public let tolerance: Int

  /// The default tolerance is a fiftieth of N: interpolation within it errs by less than seeds do (0.01 N).
  public init(samples: Int, tolerance: Int? = nil) {
    self.samples = samples
    self.tolerance = max(1, tolerance ?? samples / 50)
  }

  /// The first capacities: around the 4/5 that the paper reports, and both sides.
  public var start: [Int] {
    Set([0.6, 0.8, 1.0].map { max(1, Int(($0 * Double(samples)).rounded())) }).sorted()
  }

  /// New capacities for a measured curve, at most one per level; empty when all levels are found.
  public func next(_ curve: [(capacity: Int, ratio: Double)]) -> [Int] {
    guard !curve.isEmpty else { return start }
    let measured = Set(curve.map(\.capacity))
    var chosen: Set<Int> = []
    for level in [0.5, 0.1, 0.9] {
      guard let bracket = bracket(curve, level), bracket.high.capacity - bracket.low.capacity > tolerance else {
        continue
      }
      let next = Self.crossing(bracket.low, bracket.high, level)
      if !measured.contains(next) { chosen.insert(next) }
    }
    return chosen.sorted()
  }

  private typealias Point = (capacity: Int, ratio: Double)

  /// The ends between which the ratio passes the level; below the smallest M the ratio is taken to be 0.
  private func bracket(_ curve: [Point], _ level: Double) -> (low: Point, high: Point)? {
    guard let high = curve.filter({ $0.ratio >= level }).min(by: { $0.capacity < $1.capacity }) else { return nil }
    let below = curve.filter { $0.ratio < level && $0.capacity < high.capacity }
    return (below.max { $0.capacity < $1.capacity } ?? (0, 0), high)
  }

  private static func crossing(_ low: Point, _ high: Point, _ level: Double) -> Int {
    func logit(_ p: Double) -> Double {
      let kept = min(max(p, 1e-3), 1 - 1e-3)
      return log(kept / (1 - kept))
    }
    let span = logit(high.ratio) - logit(low.ratio)
    let share = span > 0 ? (logit(level) - logit(low.ratio)) / span : 0.5
    let width = Double(high.capacity - low.capacity)
    let offset = Int((min(max(share, 0.25), 0.75) * width).rounded())
    return low.capacity + min(max(offset, 1), high.capacity - low.capacity - 1)
  }
}
