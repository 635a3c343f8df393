// SPDX-License-Identifier: MIT
public import Diffusion

/// Where the losses of a generalizing and a partially memorizing denoiser are equal, in units of M/N.
///
///     M*/N = 1 - E_t[lambda / (psi_t s + 1)] / (C E_t[lambda])
///
/// Expectations are means over the times of a grid; lambda weights the clean-space loss of any process.
/// Buchanan, Pai, Ma, De Bortoli 2025, equation (21).
public enum Crossover {
  /// lambda at each time, as a weight of the clean-space loss: a weight of the loss of another prediction is
  /// multiplied by the square of that prediction's coefficient of x0.
  public static func cleanWeights(
    _ weight: LossWeight, of prediction: Prediction = .clean, process: any DiffusionProcess, times: [Double]
  ) -> [Double] {
    times.enumerated().map { index, t in
      weight.value(at: t, index: index, process: process)
        * Prediction.clean.lossFactor(to: prediction, process: process, at: t)
    }
  }

  /// (21). Weights: one per time, none negative, not all zero. The answer lies in [1 - 1/C, 1] for C >= 1.
  public static func closedForm(
    variance: Double, constant: Double = 1, weights: [Double], process: any DiffusionProcess, times: [Double]
  ) -> Double {
    precondition(weights.count == times.count, "\(weights.count) weights for \(times.count) times")
    precondition(constant > 0, "constant \(constant)")
    let loss = ExcessLoss(dimension: 1, variance: variance)
    var (weighted, total) = (0.0, 0.0)
    for (t, weight) in zip(times, weights) {
      weighted += weight * loss.generalizing(process: process, at: t) / variance
      total += weight
    }
    precondition(total > 0, "weights of sum \(total)")
    return 1 - weighted / (constant * total)
  }
}
