// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// Euler's method for the probability flow (Song et al. 2021, equation (13)):
///
///     dx/dt = v(x, t) = alpha' x0 + sigma' eps,    x_s = x_t + (s - t) v(x_t, t)
///
/// First order. For `ve` it coincides with DDIM.
public struct EulerODE: Sampler {
  /// The sampler has no parameters.
  public init() {}
  public var needsNoise: Bool { false }

  public func step(
    _ state: Matrix, from t: Double, to s: Double, denoiser: any Denoiser, process: any DiffusionProcess,
    noise: Matrix?
  ) -> Matrix {
    Matrix(state + (s - t) * denoiser.predict(.velocity, noised: state, process: process, at: t))
  }
}
