// SPDX-License-Identifier: MIT

/// Where the memorization ratio crosses a level, in units of M/N; null with a reason where it does not.
public struct Crossing: Sendable, Codable, Hashable {
  /// M/N at the level, and its interval; nil where `reason` says why.
  public let value, low, high: Double?
  /// Why there is no value or no interval end, or that some resampled curves do not cross; nil when all is well.
  public let reason: String?

  /// A crossing that was found, or why there is none.
  public init(value: Double?, low: Double?, high: Double?, reason: String? = nil) {
    (self.value, self.low, self.high, self.reason) = (value, low, high, reason)
  }

  /// Nulls are written out: a reader sees that there is no value, and why.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
    try container.encodeIfPresent(reason, forKey: .reason)
  }
}

/// Start (ratio 0.1), half (0.5: M_pt/N) and end (0.9) of the transition from generalizing to memorizing.
public struct Transition: Sendable, Codable, Hashable {
  /// Where the ratio crosses 0.1, 0.5 and 0.9, in units of M/N.
  public let start, half, end: Crossing
  /// Adjacent pairs of measured M whose ratio falls although M grows, by more than sampling noise allows: the rule is
  /// `Monotonicity`'s.
  public let monotonicityViolations: Int

  /// Crossings that are known already; `TransitionFit` finds them.
  public init(start: Crossing, half: Crossing, end: Crossing, monotonicityViolations: Int) {
    (self.start, self.half, self.end) = (start, half, end)
    self.monotonicityViolations = monotonicityViolations
  }
}
