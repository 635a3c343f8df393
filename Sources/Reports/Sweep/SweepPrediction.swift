// SPDX-License-Identifier: MIT

/// What a method predicts for one tuple, in units of M/N.
public struct SweepPrediction: Sendable, Hashable {
  /// Such as `closed-form-c1`, `finite-size`, `hard-em`.
  public let method: String
  /// d, K, N.
  public let dimension, trueComponents, samples: Int
  /// M/N at which the model is predicted to memorize on average.
  public let crossover: Double
  /// For the very data and starts of the measured runs, not for fresh draws: what a user cannot have, but what tells a
  /// wrong method from luck of the draw.
  public let onSameData: Bool

  /// One prediction for one tuple; `crossover` in units of M/N.
  public init(
    method: String, dimension: Int, trueComponents: Int, samples: Int, crossover: Double,
    onSameData: Bool = false
  ) {
    (self.method, self.dimension, self.trueComponents) = (method, dimension, trueComponents)
    (self.samples, self.crossover) = (samples, crossover)
    self.onSameData = onSameData
  }
}
