// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// Denoising diffusion implicit model, deterministic (Song, Meng and Ermon 2021, equation (12) with
/// variance 0); equation (310) of the paper:
///
///     x_s = alpha_s x0 + sigma_s eps
///
/// Exact when the posterior is a point; of first order in t - s otherwise.
public struct DDIM: Sampler {
  /// The sampler has no parameters.
  public init() {}
  public var needsNoise: Bool { false }

  public func step(
    _ state: Matrix, from t: Double, to s: Double, denoiser: any Denoiser, process: any DiffusionProcess,
    noise: Matrix?
  ) -> Matrix {
    let posterior = denoiser.posterior(state, process: process, at: t)
    return Matrix(process.alpha(s) * posterior.clean + process.sigma(s) * posterior.noise)
  }
}
