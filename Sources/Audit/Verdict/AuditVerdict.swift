// SPDX-License-Identifier: MIT

/// What an audit says: does the model recite more than the user allows?
///
/// The duplicate-aware ratio in excess of its null, in every space. *Memorized* if in some space the interval is above `maxRatio`
/// and an exact test says so too (`ExcessTest`: wrong with probability (1 - confidence) / 2 at most, for any n). *Clean* if in all
/// spaces the interval is at or below. Else *inconclusive*. With s spaces each interval has confidence 1 - (1 - c) / s, so that
/// the verdict as a whole has c (Bonferroni).
public enum AuditVerdict: String, Sendable, Codable, Hashable {
  /// No more is recited than is allowed; more is; the samples do not say.
  case clean, memorized, inconclusive

  /// `metrics`: that which decides in each space (`SpaceAudit.verdictMetric`), at least one; `maxRatio`: the largest
  /// clean excess.
  public init(_ metrics: [AuditMetric], maxRatio: Double) {
    if metrics.contains(where: { Self.convicts($0, maxRatio) }) {
      self = .memorized
    } else {
      // Without a null the share itself decides.
      self = metrics.allSatisfy { ($0.excessHigh ?? $0.high ?? $0.value) <= maxRatio } ? .clean : .inconclusive
    }
  }

  static func convicts(_ metric: AuditMetric, _ maxRatio: Double) -> Bool {
    (metric.excessLow ?? metric.low ?? metric.value) > maxRatio
      && (metric.limitPValue ?? 1) <= (1 - metric.confidence) / 2
  }
}
