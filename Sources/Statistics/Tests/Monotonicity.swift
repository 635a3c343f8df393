// SPDX-License-Identifier: MIT

/// Whether a measured curve of proportions rises: reported, not assumed by the fit.
public enum Monotonicity {
  /// One-sided standard normal threshold: a flat pair is called falling with probability 0.00135.
  public static let threshold = 3.0

  /// The number of adjacent pairs of `counts` whose proportion falls by more than sampling noise allows; trials >= 1.
  ///
  /// A pair falls if the pooled two-proportion statistic `(p_1 - p_2) / sqrt(p (1 - p) (1/n_1 + 1/n_2))`, p the ratio
  /// of both together, is above 3. A slow fall over many points, each step within the noise, is not seen.
  public static func violations(_ counts: [(successes: Int, trials: Int)]) -> Int {
    zip(counts, counts.dropFirst()).count { falls($0, $1) }
  }

  private static func falls(_ first: (successes: Int, trials: Int), _ second: (successes: Int, trials: Int)) -> Bool {
    let trials = (Double(first.trials), Double(second.trials))
    let pooled = Double(first.successes + second.successes) / (trials.0 + trials.1)
    let error = (pooled * (1 - pooled) * (1 / trials.0 + 1 / trials.1)).squareRoot()
    // Equal ratios of 0 or 1 have no error, and do not fall.
    return Double(first.successes) / trials.0 - Double(second.successes) / trials.1 > threshold * error
  }
}
