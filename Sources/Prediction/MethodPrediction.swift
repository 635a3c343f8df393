// SPDX-License-Identifier: MIT
public import Memorization
public import Theory

/// What one method predicts for a configuration, in units of M/N.
public struct MethodPrediction: Sendable, Hashable {
  /// Where the ratio is expected to pass 0.1 and 0.9, as a verdict needs it: 0 where it is above from M = 1 on, nil
  /// where it stays below up to M = N. Where draws of data disagree it is their mean ratio that passes.
  public struct Ends: Sendable, Hashable {
    /// M/N at the ratio 0.1, and at 0.9.
    public let start, end: Double?
  }

  /// What predicts.
  public let method: PredictionMethod
  /// M_pt/N. Low and high, where the method draws data, are the 95 % prediction interval of one laboratory run, were
  /// the method exact; null with a reason where the losses, or the predicted ratio and one half, do not cross.
  public let half: Crossing
  /// Where the ratio passes 0.1 and 0.9; nil of the methods that know of losses alone.
  public let start, end: Crossing?
  /// nil of the methods that know of losses alone, and of one that cannot be asked here.
  public let ends: Ends?

  init(_ method: PredictionMethod, half: Crossing, start: Crossing? = nil, end: Crossing? = nil, ends: Ends? = nil) {
    (self.method, self.half, self.start, self.end, self.ends) = (method, half, start, end, ends)
  }

  /// A crossing of losses.
  init(_ method: PredictionMethod, crossover: Double?) {
    self.init(method, half: Self.crossing(crossover, "no crossing in range"))
  }

  /// Crossings of a ratio curve, of which nobody knows what missing ones mean.
  init(_ method: PredictionMethod, _ transition: Transition) {
    self.init(method, half: transition.half, start: transition.start, end: transition.end)
  }

  /// A method that says nothing here, and why.
  init(_ method: PredictionMethod, without reason: String) { self.init(method, half: Self.crossing(nil, reason)) }

  /// A ratio curve without draws of data: a level that is not reached from below is exceeded from M = 1 on.
  init(_ method: PredictionMethod, half: Double?, start: Double?, end: Double?) {
    let levels = [(half, "one half"), (start, "a tenth"), (end, "nine tenths")].map { value, level in
      Self.crossing(value, "the ratio is above \(level) from M = 1 on")
    }
    self.init(
      method, half: levels[0], start: levels[1], end: levels[2], ends: Ends(start: start ?? 0, end: end ?? 0))
  }

  static func crossing(_ value: Double?, _ reason: String) -> Crossing {
    Crossing(value: value, low: nil, high: nil, reason: value == nil ? reason : nil)
  }

  /// Whether it says something: a crossing, or that there is none up to M = N.
  public var isAnswer: Bool { half.value != nil || ends != nil }
}
