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
