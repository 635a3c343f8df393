// SPDX-License-Identifier: MIT

/// How far a prediction of M_pt/N is expected to be from a measured one: a table, from measurements.
public enum PredictionError {
  public static let startBeforeHalf = 0.10
  public static let endAfterHalf = 0.15

  /// The expected error of a method; nil where it is not to be used.
  public static func expected(_ method: PredictionMethod, _ setting: PredictionSetting) -> Double? {
    0.02
  }
}
