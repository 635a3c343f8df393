// SPDX-License-Identifier: MIT
internal import Statistics

/// How many samples an audit needs.
///
///     let plan = try AuditPlan(maxRatio: 0.01, confidence: 0.95)
///     print("to clear \(plan.toClear ?? 0), to convict of \(plan.excess) \(plan.toFind ?? 0)")
public struct AuditPlan: Sendable, Codable, Hashable {
  /// What the plan is for: the largest excess that is called clean, the verdict's confidence, and the null's ratio.
  public let maxRatio, confidence, null: Double
  /// The true ratio in excess of the null that is to be found with the power asked for.
  public let excess, power: Double
  /// Generated samples, and as many held-out ones, with which a model without any memorization is called clean with
  /// at least that power; nil where more than `most` are needed.
  public let toClear: Int?
  /// With which a model with that excess is called memorized with at least that power.
  public let toFind: Int?
  /// Half-width of the interval of the ratio at `toClear`, at the null.
  public let precision: Double?

  /// The largest answer; what needs more has none.
  public static let most = 99_000_000

  /// `null`: the share of held-out samples that pass the test, 0 where nothing is known. `excess`: nil means twice
  /// `maxRatio`, at least 0.001.
  ///
  /// Throws `AuditError` for a `maxRatio` of 0, which no number of samples can clear, an `excess` that is not above it, and
  /// values that an audit would refuse. Cost: a second at most.
  public init(
    maxRatio: Double, confidence: Double, null: Double = 0, excess: Double? = nil, power: Double = 0.8
  ) throws(AuditError) {
    let rule = try AuditSettings(maxRatio: maxRatio, confidence: confidence)
    let excess = excess ?? max(2 * maxRatio, 0.001)
    try AuditError.require("null", null, null >= 0 && null < 1, "0 to below 1")
    try AuditError.require("power", power, power >= 0.5 && power < 1, "0.5 to below 1")
    try AuditError.require(
      "maxRatio", maxRatio, maxRatio > 0, "above 0 for a plan: 0 is cleared by no number of samples")
    try AuditError.require(
      "excess", excess, excess > maxRatio && excess <= 1 - null,
      "above \(maxRatio), the largest ratio, at most \(1 - null)")
    (self.maxRatio, self.confidence, self.null) = (rule.maxRatio, rule.confidence, null)
    (self.excess, self.power) = (excess, power)
    let z = Normal.quantile(power)
    func outcome(_ n: Int, _ ratio: Double, _ found: (Int, Int) -> Bool) -> Bool {
      // The power is reached if the verdict holds where chance is against it: the ratio at its unfavourable quantile.
      let spread = z * ((ratio * (1 - ratio) + null * (1 - null)) / Double(n)).squareRoot()
      let adverse = ratio > null ? ratio - spread : ratio + spread
      let k = Int((max(0, min(1, adverse)) * Double(n)).rounded(ratio > null ? .down : .up))
      return found(k, Int((null * Double(n)).rounded()))
    }
    toClear = Self.smallest { n in
      outcome(n, null) { k, k0 in
        ProportionTest.difference(k, of: n, minus: k0, of: n, confidence: confidence).high <= maxRatio
      }
    }
    toFind = Self.smallest { n in
      outcome(n, min(1, null + excess)) { k, k0 in
        Self.convicts(k, against: k0, of: n, limit: maxRatio, confidence: confidence)
      }
    }
    precision = toClear.map {
      let estimate = Wilson.interval(
        successes: Int((null * Double($0)).rounded()), trials: $0, confidence: confidence)
      return (estimate.high - estimate.low) / 2
    }
  }

  /// Whether `ExcessTest.pValue` is at most (1 - confidence) / 2, at a price that does not grow with n.
  private static func convicts(
    _ k: Int, against k0: Int, of n: Int, limit: Double, confidence: Double
  ) -> Bool {
    // A count at or below its mean under the limit is no evidence: its tail holds a quarter at least.
    guard Double(k) > Double(k0) + limit * Double(n) else { return false }
    let beta = (1 - confidence) / 10
    let null = BinomialCDF.upper(k0, of: n, tail: beta)
    return BinomialCDF.atLeast(k, of: n, probability: min(1, null + limit)) + beta <= (1 - confidence) / 2
  }

  /// The smallest count of two digits at which the test holds; nil above `most`. Counts of whole copies make it fail again
  /// a little above now and then, so that every count is asked.
  private static func smallest(_ holds: (Int) -> Bool) -> Int? {
    var step = 1
    while 99 * step <= most {
      for digits in 10..<100 where holds(digits * step) { return digits * step }
      step *= 10
    }
    return nil
  }
}
