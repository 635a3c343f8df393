// SPDX-License-Identifier: MIT
public import Memorization
public import Theory

/// What one method predicts for a configuration, in units of M/N.
public struct MethodPrediction: Sendable, Hashable {
  public let method: PredictionMethod
  /// M_pt/N. Low and high, where the method draws data, are the 95 % prediction interval of one laboratory run, were
  /// the method exact; null with a reason where the losses, or the predicted ratio and one half, do not cross.
  public let half: Crossing
  /// Where the ratio passes 0.1 and 0.9; nil of the methods that know of losses alone.
  public let start, end: Crossing?

  public init(method: PredictionMethod, half: Crossing, start: Crossing? = nil, end: Crossing? = nil) {
    (self.method, self.half, self.start, self.end) = (method, half, start, end)
  }

  init(_ method: PredictionMethod, crossover: Double?, start: Double? = nil, end: Double? = nil) {
    func crossing(_ value: Double?) -> Crossing {
      Crossing(value: value, low: nil, high: nil, reason: value == nil ? "no crossing in range" : nil)
    }
    self.init(
      method: method, half: crossing(crossover), start: start.map(crossing), end: end.map(crossing))
  }

  init(_ method: PredictionMethod, _ transition: Transition) {
    self.init(method: method, half: transition.half, start: transition.start, end: transition.end)
  }
}
