// SPDX-License-Identifier: MIT
internal import Foundation

/// Adam (Kingma and Ba 2015, algorithm 1): -rate mhat / (sqrt(vhat) + epsilon), epsilon outside the root.
///
/// The readable twin of the fused kernel that `Optimizer` runs; also used by itself where speed does not matter.
public struct Adam: Sendable {
  /// The decays of the first and second moment, and what is added to the root of the second.
  public let beta1, beta2, epsilon: Double
  private var first: [Double]
  private var second: [Double]
  private var steps = 0

  /// For `count` parameters, both moments 0.
  public init(count: Int, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
    first = Array(repeating: 0, count: count)
    second = Array(repeating: 0, count: count)
  }

  /// The update for one gradient (to be added to the parameters).
  public mutating func update(along gradient: [Double], rate: Double) -> [Double] {
    steps += 1
    let (debias1, debias2) = (1 - pow(beta1, Double(steps)), 1 - pow(beta2, Double(steps)))
    return gradient.indices.map { i in
      first[i] = beta1 * first[i] + (1 - beta1) * gradient[i]
      second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] * gradient[i]
      return -rate * (first[i] / debias1) / ((second[i] / debias2).squareRoot() + epsilon)
    }
  }
}

/// Clipping by global norm: a gradient of norm n >= limit is multiplied by limit / n, any other left alone.
public struct GradientClipping: Sendable {
  /// The largest norm that is left.
  public let limit: Double

  /// `limit` above 0.
  public init(limit: Double) { self.limit = limit }

  /// The factor for a gradient with the given squared norm.
  public func scale(squaredNorm: Double) -> Double {
    let norm = squaredNorm.squareRoot()
    return norm >= limit ? limit / norm : 1
  }
}

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
