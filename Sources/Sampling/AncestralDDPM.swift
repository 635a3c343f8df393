// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// Ancestral sampling of a denoising diffusion model (Ho, Jain and Abbeel 2020, equations (6) and (7)):
/// a draw from q(x_s | x_t, x0) with x0 replaced by its estimate. With r = alpha_t sigma_s / (alpha_s sigma_t):
///
///     x_s = alpha_s x0 + sigma_s (r eps + sqrt(1 - r^2) z),   z ~ N(0, I)
public struct AncestralDDPM: Sampler {
  /// The sampler has no parameters.
  public init() {}
  public var needsNoise: Bool { true }

  public func step(
    _ state: Matrix, from t: Double, to s: Double, denoiser: any Denoiser, process: any DiffusionProcess,
    noise: Matrix?
  ) -> Matrix {
    guard let noise else { preconditionFailure("ancestral sampling needs noise") }
    let posterior = denoiser.posterior(state, process: process, at: t)
    let (alpha, sigma) = (process.alpha(s), process.sigma(s))
    let r = process.alpha(t) * sigma / (alpha * process.sigma(t))
    let fresh = max(0, 1 - r * r).squareRoot()
    return Matrix(alpha * posterior.clean + sigma * r * posterior.noise + sigma * fresh * noise)
  }
}
