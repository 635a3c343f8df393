// SPDX-License-Identifier: MIT

/// A measured number with its 95 % interval and its number of trials. No rate is reported without them.
public struct Estimate: Sendable, Codable, Hashable {
  /// The measured number.
  public let value: Double
  /// The lower end of the interval.
  public let low: Double
  /// The upper end of the interval.
  public let high: Double
  /// What was counted or averaged: samples, draws, points.
  public let trials: Int

  /// Values as given; `Wilson.interval` makes those of a proportion.
  public init(value: Double, low: Double, high: Double, trials: Int) {
    self.value = value
    self.low = low
    self.high = high
    self.trials = trials
  }
}
