// SPDX-License-Identifier: MIT
public import Memorization
internal import Statistics

/// The predicted curve of a configuration, over several draws of data and start.
public struct HardEMPrediction: Sendable, Hashable {
  /// One curve for each draw.
  public let curves: [HardEMCurve]
  /// Counts pooled over the draws, std and share of singletons averaged. Ascending in M.
  public let points: [HardEMPoint]
  /// Mean crossings over the draws. With two draws or more the interval is the 95 % *prediction* interval of one
  /// further draw, mean +- t_{0.975, r-1} sd sqrt(1 + 1/r): it covers the spread over data and starts and the noise of
  /// the drawn samples, and is where one laboratory run should fall if hard EM were exact. With one draw it is that
  /// curve's bootstrap interval.
  public let transition: Transition

  /// The pooled points as a measured curve has them.
  public var curve: [CurvePoint] { points.map(\.curvePoint) }

  /// Pools curves of the same capacities.
  public init(curves: [HardEMCurve]) {
    self.curves = curves
    points = Self.pooled(curves.map(\.points))
    guard curves.count > 1 else {
      transition = curves[0].transition
      return
    }
    transition = Transition(
      start: Self.crossing(curves.map(\.transition.start)), half: Self.crossing(curves.map(\.transition.half)),
      end: Self.crossing(curves.map(\.transition.end)),
      monotonicityViolations: curves.reduce(0) { $0 + $1.transition.monotonicityViolations })
  }

  private static func pooled(_ draws: [[HardEMPoint]]) -> [HardEMPoint] {
    let share = 1 / Double(draws.count)
    return draws[0].indices.map { index in
      let points = draws.map { $0[index] }
      return HardEMPoint(
        components: points[0].components, memorized: points.reduce(0) { $0 + $1.memorized },
        trials: points.reduce(0) { $0 + $1.trials }, learnedStd: points.reduce(0) { $0 + $1.learnedStd } * share,
        singletonShare: points.reduce(0) { $0 + $1.singletonShare } * share)
    }
  }

  /// Null as soon as one draw has no crossing: a mean over the others would leave out the extreme ones.
  private static func crossing(_ crossings: [Crossing]) -> Crossing {
    let values = crossings.compactMap(\.value)
    guard values.count == crossings.count else {
      let reason = crossings.compactMap { $0.value == nil ? $0.reason : nil }.first ?? "not in range"
      let missing = crossings.count - values.count
      return Crossing(value: nil, low: nil, high: nil, reason: "\(missing) of \(crossings.count) draws: \(reason)")
    }
    let interval = SampleSpread.predictionInterval(values)
    return Crossing(value: interval.mean, low: interval.low, high: interval.high)
  }
}
