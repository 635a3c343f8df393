// SPDX-License-Identifier: MIT

/// One tuple (N, d, K) of a sweep with its measured transition: one equation of the regression.
public struct FitTuple: Sendable, Hashable {
  /// d.
  public let dimension: Int
  /// K.
  public let trueComponents: Int
  /// N.
  public let samples: Int
  /// M_pt / N, the mean over seeds.
  public let measured: Double
  /// The excess losses whose weighted sums cross.
  public let losses: ExcessLosses

  /// N >= 1 and a finite `measured`; other values stop the program.
  public init(dimension: Int, trueComponents: Int, samples: Int, measured: Double, losses: ExcessLosses) {
    precondition(samples >= 1 && measured.isFinite, "N \(samples), M_pt/N \(measured)")
    (self.dimension, self.trueComponents, self.samples) = (dimension, trueComponents, samples)
    (self.measured, self.losses) = (measured, losses)
  }

  /// `argmin_M S(M)^2` as M/N: what the theory means; the smallest M of equals.
  public func hardCrossover(_ weights: [Double]) -> Double {
    let differences = losses.differences(weights)
    var best = 0
    for index in differences.indices where abs(differences[index]) < abs(differences[best]) { best = index }
    return Double(losses.capacities[best]) / Double(samples)
  }

  /// `sum_M M p(M) / N`, p = softmax(-S^2 / tau): what is optimized (311).
  public func softCrossover(_ weights: [Double], temperature: Double = FitSettings.temperature) -> Double {
    let probabilities = SoftArgmin(losses.differences(weights), temperature: temperature).probabilities
    return zip(probabilities, losses.capacities).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(samples)
  }
}
