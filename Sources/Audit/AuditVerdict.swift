// SPDX-License-Identifier: MIT

/// What an audit says: does the model recite more than the user allows?
///
/// The duplicate-aware ratio in excess of its null, with its interval at the confidence asked for, in every space:
/// memorized if in some space the whole interval is above `maxRatio`; clean if in all it is at or below; else inconclusive.
/// With s spaces each interval has confidence 1 - (1 - c) / s, so that the verdict as a whole has c (Bonferroni).
public enum AuditVerdict: String, Sendable, Codable, Hashable {
  case clean, memorized, inconclusive

  public init(_ metrics: [AuditMetric], maxRatio: Double) {
    // Without a null the share itself decides.
    let intervals = metrics.map { ($0.excessLow ?? $0.low ?? $0.value, $0.excessHigh ?? $0.high ?? $0.value) }
    if intervals.contains(where: { $0.0 > maxRatio }) {
      self = .memorized
    } else {
      self = intervals.allSatisfy { $0.1 <= maxRatio } ? .clean : .inconclusive
    }
  }

  /// 0 clean, 1 otherwise.
  public var exitCode: Int32 { self == .clean ? 0 : 1 }
}
