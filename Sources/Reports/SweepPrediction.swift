// SPDX-License-Identifier: MIT

/// What a method predicts for one tuple, in units of M/N.
public struct SweepPrediction: Sendable, Hashable {
  /// Such as `closed-form-c1`, `finite-size`, `hard-em`.
  public let method: String
  public let dimension, trueComponents, samples: Int
  public let crossover: Double

  public init(method: String, dimension: Int, trueComponents: Int, samples: Int, crossover: Double) {
    (self.method, self.dimension, self.trueComponents) = (method, dimension, trueComponents)
    (self.samples, self.crossover) = (samples, crossover)
  }
}
