// SPDX-License-Identifier: MIT

/// Where the memorization ratio crosses a level, in units of M/N; null with a reason where it does not.
public struct Crossing: Sendable, Codable, Hashable {
  public let value, low, high: Double?
  /// Why there is no value (or no interval end).
  public let reason: String?

  public init(value: Double?, low: Double?, high: Double?, reason: String? = nil) {
    (self.value, self.low, self.high, self.reason) = (value, low, high, reason)
  }
}

/// Start (ratio 0.1), half (0.5: M_pt/N) and end (0.9) of the transition from generalizing to memorizing.
public struct Transition: Sendable, Codable, Hashable {
  public let start, half, end: Crossing
  /// Share of the curve's steps in which the measured ratio falls although M grows, beyond the overlap of intervals.
  public let monotonicityViolations: Int

  public init(start: Crossing, half: Crossing, end: Crossing, monotonicityViolations: Int) {
    (self.start, self.half, self.end) = (start, half, end)
    self.monotonicityViolations = monotonicityViolations
  }
}
