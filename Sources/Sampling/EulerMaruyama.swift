// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// The Euler-Maruyama method for the reverse-time equation (Song et al. 2021, equation (6)). With
/// h = sigma' / sigma - alpha' / alpha, so that g^2 = 2 sigma^2 h:
///
///     x_s = x_t + (s - t) (alpha' x0 + sigma' eps + sigma h eps) + sigma sqrt(2 h (t - s)) z,   z ~ N(0, I)
///
/// Its drift is the probability flow's plus sigma h eps. Weak order 1.
public struct EulerMaruyama: Sampler {
  /// The sampler has no parameters.
  public init() {}
  public var needsNoise: Bool { true }

  public func step(
    _ state: Matrix, from t: Double, to s: Double, denoiser: any Denoiser, process: any DiffusionProcess,
    noise: Matrix?
  ) -> Matrix {
    guard let noise else { preconditionFailure("the Euler-Maruyama method needs noise") }
    let sigma = process.sigma(t)
    let h = process.sigmaPrime(t) / sigma - process.alphaPrime(t) / process.alpha(t)
    let posterior = denoiser.posterior(state, process: process, at: t)
    let drift = process.alphaPrime(t) * posterior.clean + (process.sigmaPrime(t) + sigma * h) * posterior.noise
    return Matrix(state + (s - t) * drift + sigma * (2 * h * (t - s)).squareRoot() * noise)
  }
}
