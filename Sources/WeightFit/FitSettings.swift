// SPDX-License-Identifier: MIT

/// What the regression is run with; the defaults are the paper's, appendix H.
public struct FitSettings: Sendable, Hashable {
  /// tau.
  public static let temperature = 1.0 / 20
  public static let entropyPenalty = 1e-3

  public var temperature = FitSettings.temperature
  /// Factor of `-sum_M p log p`: it favours a sharp choice of M.
  public var entropyPenalty = FitSettings.entropyPenalty
  /// Random starting points, each optimized.
  public var starts = 16
  /// Of the starting points and of the split into train and test.
  public var seed: UInt64 = 0
  /// Share of the tuples kept for the test, in [0, 1).
  public var testShare = 0.25
  public var mostIterations = 500

  public init() {}
}
