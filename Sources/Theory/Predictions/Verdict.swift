// SPDX-License-Identifier: MIT
internal import Statistics

/// What a model of capacity M is expected to do, and how sure that is.
public struct Verdict: Sendable, Codable, Hashable {
  /// What a model of capacity M does.
  public enum Outcome: String, Sendable, Codable, CaseIterable, Hashable {
    /// Fewer than a tenth of its samples are memorized.
    case generalizes
    /// Between the two.
    case inTransition = "in transition"
    /// More than nine tenths are.
    case memorizes
  }

  /// What is most probable; without known errors what the predicted start and end say.
  public let outcome: Outcome
  /// The probability of the outcome when start and end of the transition have normal errors of the expected sizes; nil
  /// where nobody has measured how large they are.
  public let confidence: Double?

  /// `share` is M/N; `start` and `end` are predicted, nil where the curve does not cross that level; the errors, both
  /// above 0, are root mean squares, nil where unknown.
  public init(share: Double, start: Double?, end: Double?, errors: (start: Double, end: Double)?) {
    guard let errors else {
      outcome = share < start ?? .infinity ? .generalizes : share > end ?? .infinity ? .memorizes : .inTransition
      confidence = nil
      return
    }
    precondition(errors.start > 0 && errors.end > 0, "errors \(errors)")
    let below = start.map { Normal.cumulative(($0 - share) / errors.start) } ?? 1
    let above = min(end.map { Normal.cumulative((share - $0) / errors.end) } ?? 0, 1 - below)
    let between = max(0, 1 - below - above)
    let ranked: [(Outcome, Double)] = [(.generalizes, below), (.inTransition, between), (.memorizes, above)]
    let best = ranked.max { $0.1 < $1.1 } ?? ranked[0]
    (outcome, confidence) = (best.0, best.1)
  }

  /// Nulls are written out: a reader sees that the confidence is unknown.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(confidence, forKey: .confidence)
  }
}
