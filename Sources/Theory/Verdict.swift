// SPDX-License-Identifier: MIT
internal import Foundation

/// What a model of capacity M is expected to do, and how sure that is.
public struct Verdict: Sendable, Codable, Hashable {
  public enum Outcome: String, Sendable, Codable, CaseIterable, Hashable {
    /// Fewer than a tenth of its samples are memorized.
    case generalizes
    case inTransition = "in transition"
    /// More than nine tenths are.
    case memorizes
  }

  public let outcome: Outcome
  /// The probability of the outcome when start and end of the transition have normal errors of the expected size.
  public let confidence: Double

  /// `share` is M/N; `start` and `end` are predicted, nil where the curve does not cross that level; `error` > 0.
  public init(share: Double, start: Double?, end: Double?, error: Double) {
    precondition(error > 0, "error \(error)")
    let below = start.map { Self.normal(($0 - share) / error) } ?? 1
    let above = min(end.map { Self.normal((share - $0) / error) } ?? 0, 1 - below)
    let between = max(0, 1 - below - above)
    let ranked: [(Outcome, Double)] = [(.generalizes, below), (.inTransition, between), (.memorizes, above)]
    (outcome, confidence) = ranked.max { $0.1 < $1.1 } ?? ranked[0]
  }

  private static func normal(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}
