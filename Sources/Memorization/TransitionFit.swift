// SPDX-License-Identifier: MIT
public import Kernels
internal import Statistics

/// Where a measured memorization curve crosses 0.1, 0.5 and 0.9, in units of M/N.
///
/// The ratio is fitted by the nearest non-decreasing function of M (isotonic regression weighted by trials) and
/// interpolated linearly in M/N. The interval is the 95 % percentile interval of the same fit on 1,000 curves whose
/// counts are resampled binomially: it covers the noise of the evaluation samples alone. It leaves out the spread over
/// data and training seeds and the spacing of the measured M.
public struct TransitionFit: Sendable, Hashable {
  /// Levels of the ratio at which the transition starts, is half done (M_pt) and ends; section 4.1 of the paper.
  public static let levels = (start: 0.1, half: 0.5, end: 0.9)

  /// Resampled curves.
  public let bootstraps: Int
  /// Of the intervals.
  public let confidence: Double

  /// At least one resampled curve, a confidence between 0 and 1; other values stop the program.
  public init(bootstraps: Int = 1000, confidence: Double = 0.95) {
    precondition(bootstraps >= 1, "\(bootstraps) bootstraps")
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence) is not between 0 and 1")
    (self.bootstraps, self.confidence) = (bootstraps, confidence)
  }

  /// The transition of the curve through `points` (any order, each M once) of models trained on N = `samples`.
  ///
  /// Resampling is keyed by M, so that further points do not change the numbers drawn for the others. On another
  /// axis than the components crossings are told in its own unit.
  public func fit(
    _ points: [CurvePoint], on axis: CapacityAxis = .components, samples: Int, key: RandomKey
  ) -> Transition {
    let points = points.sorted { $0.capacity < $1.capacity }
    precondition(samples >= 1, "\(samples) training samples")
    precondition(
      zip(points, points.dropFirst()).allSatisfy { $0.capacity < $1.capacity },
      "a capacity occurs twice among \(points.map(\.capacity))")
    let weights = points.map { Double($0.trials) }
    let curves = [points.map(\.ratio)] + resampledRatios(points, key: key)
    let unit = Double(axis.unit(samples: samples))
    let positions = points.map { Double($0.capacity) / unit }
    let fits = curves.map { FittedCurve(positions: positions, ratios: Isotonic.fit($0, weights: weights)) }
    func crossing(_ level: Double) -> Crossing {
      let found = fits.map { $0.position(of: level) }
      return CrossingSummary(
        level: level, curve: fits[0], measured: found[0], resampled: Array(found.dropFirst()),
        confidence: confidence, axis: axis
      ).crossing
    }
    return Transition(
      start: crossing(Self.levels.start), half: crossing(Self.levels.half), end: crossing(Self.levels.end),
      monotonicityViolations: Monotonicity.violations(points.map { ($0.memorized, $0.trials) }))
  }

  /// Where the curve crosses a level, the `value` of `fit` without its interval; nil where it does not. Cost: one fit.
  public static func crossing(of level: Double, _ points: [CurvePoint], samples: Int) -> Double? {
    let points = points.sorted { $0.capacity < $1.capacity }
    let curve = FittedCurve(
      positions: points.map { Double($0.capacity) / Double(samples) },
      ratios: Isotonic.fit(points.map(\.ratio), weights: points.map { Double($0.trials) }))
    guard case .at(let value) = curve.position(of: level) else { return nil }
    return value
  }

  /// [bootstrap][point].
  private func resampledRatios(_ points: [CurvePoint], key: RandomKey) -> [[Double]] {
    let byPoint = points.map { point -> [Double] in
      let table = BinomialTable(trials: point.trials, probability: point.ratio)
      return key.child(point.capacity).uniforms(bootstraps).map {
        Double(table.count($0)) / Double(point.trials)
      }
    }
    return (0..<bootstraps).map { bootstrap in byPoint.map { $0[bootstrap] } }
  }
}
