// SPDX-License-Identifier: MIT

/// How far one laboratory run is expected to be from a prediction, in units of M/N: measured, not hoped.
///
/// Root mean squares over committed runs (`predictions.csv` in `Results/`; a test computes them anew). The spread
/// between runs is part of them: it falls with N, so the laboratory has a row for each N.
public struct PredictionError: Sendable, Hashable {
  /// Of M_pt, and of where the ratio passes 0.1 and 0.9.
  public let half: Double
  /// nil of methods that know of losses alone.
  public let start, end: Double?

  init(_ half: Double, start: Double? = nil, end: Double? = nil) {
    (self.half, self.start, self.end) = (half, start, end)
  }

  /// A way to leave the paper's laboratory, and the studies that did.
  public enum Departure: String, Sendable, CaseIterable, Hashable {
    /// d 20 to 100, K 2 to 20, N 40 to 300.
    case sizes
    /// 1/4 to 4.
    case variance
    /// 1/2 to 1/5.
    case criterion
    /// Flow matching.
    case process
    /// Heun, exact sampling, 250 steps, sampling times uniform in log-SNR.
    case sampler
    /// Unequal weights, copies.
    case law
    /// Predictions, weights and times of the training loss.
    case loss

    var words: String {
      switch self {
      case .sizes: "sizes"
      case .variance: "variance"
      case .criterion: "criterion"
      case .process: "process"
      case .sampler: "sampler or its times"
      case .law: "weights of the components or copies"
      case .loss: "loss that is trained, or its times"
      }
    }
  }

  /// The expected error of a method; nil where nothing like it was measured. Of several departures the worst counts.
  public static func expected(_ method: PredictionMethod, _ setting: PredictionSetting) -> PredictionError? {
    guard let departures = setting.departures else { return nil }
    let parts =
      [PredictionErrorTable.laboratory(method, samples: setting.samples)]
      + departures.map { PredictionErrorTable.departure($0, method) }
    return PredictionError(
      parts.map(\.half).max() ?? 0, start: parts.compactMap(\.start).max(), end: parts.compactMap(\.end).max())
  }

  /// By how much M/N the measured start lies before the half, over the 64 tuples, mean and standard deviation: what
  /// stands in for a start where only the half is predicted.
  public static let startBeforeHalf = (mean: 0.100, deviation: 0.017)
  /// By how much the measured end lies behind the half: likewise.
  public static let endAfterHalf = (mean: 0.131, deviation: 0.011)

  /// Errors of the ends; without own ones those of the half and of the usual distance from it together.
  public var ends: (start: Double, end: Double) {
    func with(_ deviation: Double) -> Double { (half * half + deviation * deviation).squareRoot() }
    return (start ?? with(Self.startBeforeHalf.deviation), end ?? with(Self.endAfterHalf.deviation))
  }
}
