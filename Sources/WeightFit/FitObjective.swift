// SPDX-License-Identifier: MIT

/// The paper's smoothed regression (311) as a function of the L weights:
/// `sum_tuples (Mbar/N - M_pt/N)^2 - penalty * sum_tuples sum_M p log p`.
public struct FitObjective: Sendable {
  public let tuples: [FitTuple]
  public let temperature: Double
  public let entropyPenalty: Double

  public init(_ tuples: [FitTuple], temperature: Double, entropyPenalty: Double) {
    precondition(temperature > 0 && entropyPenalty >= 0, "tau \(temperature), penalty \(entropyPenalty)")
    (self.tuples, self.temperature, self.entropyPenalty) = (tuples, temperature, entropyPenalty)
  }

  /// Value and analytic gradient, shape (L).
  ///
  /// With u = -S^2/tau and H the entropy: `dF/du_M = p_M { 2 (mbar - m) (M/N - mbar) - penalty (log p_M + H) }`,
  /// `du/dS = -2 S / tau`, and S is linear in the weights.
  public func valueAndGradient(_ weights: [Double]) -> (value: Double, gradient: [Double]) {
    var gradient = [Double](repeating: 0, count: weights.count)
    var value = 0.0
    for tuple in tuples {
      let differences = tuple.losses.differences(weights)
      let soft = SoftArgmin(differences, temperature: temperature)
      let fractions = tuple.losses.capacities.map { Double($0) / Double(tuple.samples) }
      let mean = zip(soft.probabilities, fractions).reduce(0) { $0 + $1.0 * $1.1 }
      let (error, entropy) = (mean - tuple.measured, soft.entropy)
      value += error * error + entropyPenalty * entropy
      let slopes = differences.indices.map { index in
        let inner = 2 * error * (fractions[index] - mean) - entropyPenalty * (soft.logarithms[index] + entropy)
        return soft.probabilities[index] * inner * -2 * differences[index] / temperature
      }
      tuple.losses.addGradient(slopes, to: &gradient)
    }
    return (value, gradient)
  }
}
