// SPDX-License-Identifier: MIT
internal import Statistics

/// One measured number of an audit: an estimate with its interval and count, its null, and what it cannot see.
public struct AuditMetric: Sendable, Codable, Hashable {
  /// `memorization-ratio`, ..
  public let name: String
  /// Name of the space it was measured in.
  public let space: String
  /// The estimate.
  public let value: Double
  /// The interval at the audit's confidence; nil for what is no estimate.
  public let low, high: Double?
  /// Samples it was measured on.
  public let n: Int
  /// What the number would be without memorization, with its interval.
  public let null, nullLow, nullHigh: Double?
  /// Held-out samples that the null was measured on; nil for constants and estimates of other kinds.
  public let nullN: Int?
  /// `held-out`, `3^-m`, or a constant of the definition.
  public let nullKind: String?
  /// Value less null, for proportions.
  public let excess, excessLow, excessHigh: Double?
  /// Of the interval.
  public let confidence: Double
  /// Of so many copies if the true excess were just at the limit (`ExcessTest`); of the metrics that can decide.
  public let limitPValue: Double?
  /// One-sided: of a number as far on the side of copying, without memorization.
  public let pValue: Double?
  /// How to read it, and what it cannot see.
  public let note: String

  init(
    _ name: String, space: String, value: Double, low: Double?, high: Double?, n: Int, null: MetricNull? = nil,
    excess: Difference? = nil, pValue: Double? = nil, limitPValue: Double? = nil, confidence: Double, note: String
  ) {
    (self.name, self.space, self.value, self.n) = (name, space, value, n)
    // Infinite ends are omitted.
    (self.low, self.high) = (low.flatMap { $0.isFinite ? $0 : nil }, high.flatMap { $0.isFinite ? $0 : nil })
    (self.null, nullLow, nullHigh, nullN, nullKind) = (null?.value, null?.low, null?.high, null?.n, null?.kind)
    (self.excess, excessLow, excessHigh) = (excess?.value, excess?.low, excess?.high)
    (self.pValue, self.limitPValue, self.confidence, self.note) = (pValue, limitPValue, confidence, note)
  }
}

/// What a number would be without memorization.
struct MetricNull {
  let kind: String
  let value: Double
  var low, high: Double?
  /// Held-out samples it was measured on; nil for constants and estimates of other kinds.
  var n: Int?
}
