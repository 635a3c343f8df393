// SPDX-License-Identifier: MIT
internal import Memorization

/// How many samples an audit needs.
public struct AuditPlan: Sendable, Codable, Hashable {
  public let maxRatio, confidence, null: Double
  /// The true ratio in excess of the null that is to be found with the power asked for.
  public let excess, power: Double
  /// Generated samples, and as many held-out ones, with which a model without any memorization is called clean with
  /// at least that power; nil where more than ten million are needed.
  public let toClear: Int?
  /// With which a model with that excess is called memorized with at least that power.
  public let toFind: Int?
  /// Half-width of the interval of the ratio at `toClear`, at the null.
  public let precision: Double?

  /// `null`: the share of held-out samples that pass the test, 0 where nothing is known. `excess` must be above `maxRatio`.
  public init(maxRatio: Double, confidence: Double, null: Double = 0, excess: Double, power: Double = 0.8) {
    (self.maxRatio, self.confidence, self.null) = (maxRatio, confidence, null)
    (self.excess, self.power) = (excess, power)
    func outcome(_ n: Int, _ ratio: Double, _ found: (Int, Int) -> Bool) -> Bool {
      // The power is reached if the verdict holds where chance is against it: the ratio at its unfavourable quantile.
      let z = NormalQuantile.value(power)
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
        Conviction.pValue(k, of: n, against: k0, of: n, limit: maxRatio, confidence: confidence) <= (1 - confidence) / 2
      }
    }
    precision = toClear.map {
      let estimate = Wilson.interval(
        successes: Int((null * Double($0)).rounded()), trials: $0, confidence: confidence)
      return (estimate.high - estimate.low) / 2
    }
  }

  /// The smallest count of two digits at which the test holds; nil above ten million. Counts of whole copies make it
  /// fail again a little above now and then.
  private static func smallest(_ holds: (Int) -> Bool) -> Int? {
    var step = 1
    while step <= 1_000_000 {
      for digits in 10..<100 where holds(digits * step) { return digits * step }
      step *= 10
    }
    return nil
  }
}
