// SPDX-License-Identifier: MIT
public import Diffusion

/// Closed-form excess training losses over the memorizing denoiser, for samples of an isotropic mixture with
/// well-separated means: numbers in, numbers out.
///
///     generalizing (18):           d s / (psi_t s + 1)
///     partially memorizing (19):   C (1 - M/N) d s
///
/// d is the dimension, s the variance of the law's components, psi_t = alpha^2 / sigma^2. Both are clean-space
/// losses; `prediction` scales them by the squared coefficient of x0 (`Prediction.cleanCoefficient`). (18) is the
/// loss of the generalizing denoiser itself; as an excess it holds while the memorizing loss is small
/// (`Assumption.noiseBelowCollapse`). Buchanan, Pai, Ma, De Bortoli 2025, equations (18) and (19).
public struct ExcessLoss: Sendable, Hashable {
  /// d.
  public let dimension: Int
  /// s = sigma_*^2 > 0.
  public let variance: Double
  /// What the losses are errors of.
  public let prediction: Prediction

  /// d >= 1 and s > 0; other values stop the program.
  public init(dimension: Int, variance: Double, prediction: Prediction = .clean) {
    precondition(dimension >= 1, "dimension \(dimension)")
    precondition(variance > 0 && variance.isFinite, "variance \(variance)")
    (self.dimension, self.variance, self.prediction) = (dimension, variance, prediction)
  }

  /// (18) at time t.
  public func generalizing(process: any DiffusionProcess, at t: Double) -> Double {
    // With e = sigma^2 / alpha^2 the loss is d s e / (s + e); written with alpha and sigma it needs no division by 0.
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let clean = Double(dimension) * variance * sigma * sigma / (alpha * alpha * variance + sigma * sigma)
    return clean * factor(process, t)
  }

  /// (19) at time t: M of N samples are memorized, 0 <= M <= N; C is between 1 and 2.
  public func partiallyMemorizing(
    components: Int, samples: Int, constant: Double = 1, process: any DiffusionProcess, at t: Double
  ) -> Double {
    precondition(samples >= 1 && (0...samples).contains(components), "\(components) of \(samples) samples")
    let leftOut = Double(samples - components) / Double(samples)
    return constant * leftOut * Double(dimension) * variance * factor(process, t)
  }

  private func factor(_ process: any DiffusionProcess, _ t: Double) -> Double {
    Prediction.clean.lossFactor(to: prediction, process: process, at: t)
  }
}
