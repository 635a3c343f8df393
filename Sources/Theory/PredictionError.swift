// SPDX-License-Identifier: MIT

/// How far one laboratory run is expected to be from a prediction, in units of M/N: measured, not hoped.
///
/// Root mean squares over the committed results of three kinds of study (`predictions.csv` in `Results/`; a test
/// computes them anew): for a configuration with several seeds the mean over its runs, so that the spread between
/// runs, about 0.01, is part of them.
public struct PredictionError: Sendable, Hashable {
  /// Of M_pt, and of where the ratio passes 0.1 and 0.9.
  public let half: Double
  /// nil of methods that know of losses alone.
  public let start, end: Double?

  init(_ half: Double, start: Double? = nil, end: Double? = nil) {
    (self.half, self.start, self.end) = (half, start, end)
  }

  /// Where predictions were compared with training.
  public enum Domain: String, Sendable, CaseIterable, Hashable {
    /// The paper's: the 64 tuples of `sweep`.
    case laboratory
    /// d 20 to 100, K 2 to 20, N 40 to 300, all else the paper's: `heldout`.
    case otherSizes
    /// Variance 1/4 to 4, criterion 1/2 to 1/5, process, sampler, its steps and times, unequal weights, copies:
    /// `variance`, `criterion`, `process`, `sampling-*`, `unequal`, `duplicates`.
    case otherSettings
  }

  /// The expected error of a method; nil where nothing like it was measured.
  public static func expected(_ method: PredictionMethod, _ setting: PredictionSetting) -> PredictionError? {
    setting.domain.map { of(method, in: $0) }
  }

  package static func of(_ method: PredictionMethod, in domain: Domain) -> PredictionError {
    switch domain {
    case .laboratory: laboratory(method)
    case .otherSizes: otherSizes(method)
    case .otherSettings: otherSettings(method)
    }
  }

  private static func laboratory(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.134)
    case .closedFormC2: PredictionError(0.036)
    case .alphaSquared: PredictionError(0.013)
    case .finiteSize: PredictionError(0.014)
    case .hardEMFormula: PredictionError(0.010, start: 0.016, end: 0.025)
    case .hardEM: PredictionError(0.010, start: 0.014, end: 0.026)
    case .hardEMSampled: PredictionError(0.008, start: 0.014, end: 0.008)
    }
  }

  private static func otherSizes(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.140)
    case .closedFormC2: PredictionError(0.032)
    case .alphaSquared: PredictionError(0.012)
    case .finiteSize: PredictionError(0.023)
    case .hardEMFormula: PredictionError(0.018, start: 0.025, end: 0.035)
    case .hardEM: PredictionError(0.018, start: 0.020, end: 0.035)
    case .hardEMSampled: PredictionError(0.012, start: 0.011, end: 0.007)
    }
  }

  private static func otherSettings(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.191)
    case .closedFormC2: PredictionError(0.060)
    case .alphaSquared: PredictionError(0.094)
    case .finiteSize: PredictionError(0.062)
    case .hardEMFormula: PredictionError(0.023, start: 0.025, end: 0.019)
    case .hardEM: PredictionError(0.021, start: 0.023, end: 0.019)
    case .hardEMSampled: PredictionError(0.013, start: 0.011, end: 0.009)
    }
  }

  /// Measured start and end relative to the half over the 64 tuples, mean and standard deviation: what stands in for
  /// them where only the half is predicted.
  public static let startBeforeHalf = (mean: 0.100, deviation: 0.017)
  public static let endAfterHalf = (mean: 0.131, deviation: 0.011)

  /// Errors of the ends; without own ones those of the half and of the usual distance from it together.
  public var ends: (start: Double, end: Double) {
    func with(_ deviation: Double) -> Double { (half * half + deviation * deviation).squareRoot() }
    return (start ?? with(Self.startBeforeHalf.deviation), end ?? with(Self.endAfterHalf.deviation))
  }
}
