// SPDX-License-Identifier: MIT
internal import Statistics

/// The test behind "memorized": could so many copies come from an excess that is just at the limit?
package enum ExcessTest {
  /// P of at least k of n if the true share were null + limit, with held-out data k0 of n0 for the null.
  ///
  /// The null is unknown: its upper Clopper-Pearson bound at beta = alpha / 5 stands for it, and beta is added (Berger and
  /// Boos 1994), so that a model at the limit is convicted with probability at most alpha = (1 - confidence) / 2, exactly, for
  /// any n. Wilson's and Newcombe's intervals, which are shown, do not keep that for small n.
  package static func pValue(
    _ k: Int, of n: Int, against k0: Int, of n0: Int, limit: Double, confidence: Double
  ) -> Double {
    let beta = (1 - confidence) / 10
    return min(1, pValue(k, of: n, null: Binomial.upper(k0, of: n0, tail: beta), limit: limit) + beta)
  }

  /// The same with an upper bound of the null that is given.
  package static func pValue(_ k: Int, of n: Int, null: Double, limit: Double) -> Double {
    Binomial.atLeast(k, of: n, probability: min(1, null + limit))
  }
}
