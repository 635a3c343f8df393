// SPDX-License-Identifier: MIT

/// What a method predicts for one tuple, in units of M/N.
public struct SweepPrediction: Sendable, Hashable {
  /// Such as `closed-form-c1`, `finite-size`, `hard-em`.
  public let method: String
  public let dimension, trueComponents, samples: Int
  public let crossover: Double
  /// For the very data and starts of the measured runs, not for fresh draws: what a user cannot have, but what tells a
  /// wrong method from luck of the draw.
  public let onSameData: Bool

  public init(
    method: String, dimension: Int, trueComponents: Int, samples: Int, crossover: Double,
    onSameData: Bool = false
  ) {
    (self.method, self.dimension, self.trueComponents) = (method, dimension, trueComponents)
    (self.samples, self.crossover) = (samples, crossover)
    self.onSameData = onSameData
  }
}
