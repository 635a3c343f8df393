// SPDX-License-Identifier: MIT
internal import Foundation

/// A debiased exponential average of *updates*: u_k = (1 - decay) sum_j decay^(k-j) step_j / (1 - decay^k).
///
/// Applied after Adam it is momentum. It is not an average of weights, which elsewhere carries the same name
/// (`ema`): the parameters themselves are never averaged.
public struct UpdateMomentum: Sendable {
  /// The share of the earlier average that stays.
  public let decay: Double
  private var average: [Double]
  private var steps = 0

  /// For `count` parameters, the average empty.
  public init(count: Int, decay: Double) {
    self.decay = decay
    average = Array(repeating: 0, count: count)
  }

  /// Takes the next update and returns the average that is applied in its place.
  public mutating func smoothed(_ update: [Double]) -> [Double] {
    steps += 1
    let debias = 1 - pow(decay, Double(steps))
    return update.indices.map { i in
      average[i] = decay * average[i] + (1 - decay) * update[i]
      return average[i] / debias
    }
  }
}
