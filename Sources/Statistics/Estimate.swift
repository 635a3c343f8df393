// SPDX-License-Identifier: MIT

/// A measured number with its 95 % interval and its number of trials. No rate is reported without them.
public struct Estimate: Sendable, Codable, Hashable {
  public let value: Double
  public let low: Double
  public let high: Double
  public let trials: Int

  public init(value: Double, low: Double, high: Double, trials: Int) {
    self.value = value
    self.low = low
    self.high = high
    self.trials = trials
  }
}
