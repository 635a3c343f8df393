// SPDX-License-Identifier: MIT

/// The paper's smoothed regression (311) as a function of the L weights:
/// `sum_tuples (Mbar/N - M_pt/N)^2 - penalty * sum_tuples sum_M p log p`.
public struct FitObjective: Sendable {
  /// tau.
  public let temperature: Double
  /// Factor of the entropy, 0 or more.
  public let entropyPenalty: Double
  private let groups: [Group]

  /// Tuples of equal losses: with the closed forms all of one N, so that one softmax serves them.
  private struct Group: Sendable {
    let losses: ExcessLosses
    /// M/N of each capacity.
    let fractions: [Double]
    var measured: [Double]
  }

  /// tau > 0 and a penalty of 0 or more; other values stop the program. Tuples of equal losses share their softmax.
  public init(_ tuples: [FitTuple], temperature: Double, entropyPenalty: Double) {
    precondition(temperature > 0 && entropyPenalty >= 0, "tau \(temperature), penalty \(entropyPenalty)")
    (self.temperature, self.entropyPenalty) = (temperature, entropyPenalty)
    var groups: [Group] = []
    var ofSamples: [Int: [Int]] = [:]
    for tuple in tuples {
      if let index = ofSamples[tuple.samples]?.first(where: { groups[$0].losses == tuple.losses }) {
        groups[index].measured.append(tuple.measured)
      } else {
        ofSamples[tuple.samples, default: []].append(groups.count)
        groups.append(
          Group(
            losses: tuple.losses, fractions: tuple.losses.capacities.map { Double($0) / Double(tuple.samples) },
            measured: [tuple.measured]))
      }
    }
    self.groups = groups
  }

  /// Value and analytic gradient, shape (L).
  ///
  /// With u = -S^2/tau and H the entropy: `dF/du_M = p_M { 2 (mbar - m) (M/N - mbar) - penalty (log p_M + H) }`,
  /// `du/dS = -2 S / tau`, and S is linear in the weights.
  public func valueAndGradient(_ weights: [Double]) -> (value: Double, gradient: [Double]) {
    var gradient = [Double](repeating: 0, count: weights.count)
    var value = 0.0
    for group in groups {
      let differences = group.losses.differences(weights)
      let soft = SoftArgmin(differences, temperature: temperature)
      let mean = zip(soft.probabilities, group.fractions).reduce(0) { $0 + $1.0 * $1.1 }
      let (errors, entropy) = (group.measured.map { mean - $0 }, soft.entropy)
      let penalty = entropyPenalty * Double(errors.count)
      value += errors.reduce(0) { $0 + $1 * $1 } + penalty * entropy
      let total = errors.reduce(0, +)
      let slopes = differences.indices.map { index in
        let inner = 2 * total * (group.fractions[index] - mean) - penalty * (soft.logarithms[index] + entropy)
        return soft.probabilities[index] * inner * -2 * differences[index] / temperature
      }
      group.losses.addGradient(slopes, to: &gradient)
    }
    return (value, gradient)
  }
}
