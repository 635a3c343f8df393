// SPDX-License-Identifier: MIT

/// A measured number with its 95 % interval and its number of trials. No rate is reported without them.
public struct Estimate: Sendable, Codable, Hashable {
  /// The measured number.
  public let value: Double
  /// The lower end of the interval.
  public let low: Double
  /// The upper end of the interval.
  public let high: Double
  /// What was counted or averaged: samples, draws, points.
  public let trials: Int

  /// Values as given; `Wilson.interval` makes those of a proportion.
  public init(value: Double, low: Double, high: Double, trials: Int) {
    self.value = value
    self.low = low
    self.high = high
    self.trials = trials
  }
}

/// Wilson's score interval of a proportion.
///
/// `(p + z^2/(2n) -+ z sqrt(p (1-p)/n + z^2/(4 n^2))) / (1 + z^2/n)`, Wilson, *J. Am. Stat. Assoc.* 22 (1927) 209;
/// formula (4) of Brown, Cai and DasGupta, *Statistical Science* 16 (2001) 101.
public enum Wilson {
  /// The proportion successes / trials with its two-sided interval; trials >= 1.
  public static func interval(successes: Int, trials: Int, confidence: Double = 0.95) -> Estimate {
    precondition(trials >= 1 && (0...trials).contains(successes), "\(successes) successes of \(trials) trials")
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence) is not between 0 and 1")
    let z = Normal.quantile(0.5 + confidence / 2)
    let n = Double(trials)
    let p = Double(successes) / n
    let shrink = 1 + z * z / n
    let centre = (p + z * z / (2 * n)) / shrink
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / shrink
    // At 0 and n successes one end is the proportion itself; rounding must not move it outside [0, 1].
    return Estimate(
      value: p, low: successes == 0 ? 0 : centre - half, high: successes == trials ? 1 : centre + half,
      trials: trials)
  }
}
