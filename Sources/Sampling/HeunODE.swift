// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// Heun's method (explicit trapezoidal rule) for the probability flow (Karras et al. 2022, algorithm 1):
///
///     y = x_t + (s - t) v(x_t, t),    x_s = x_t + (s - t) (v(x_t, t) + v(y, s)) / 2
///
/// Second order, two evaluations a step. Not Heun's third-order method.
public struct HeunODE: Sampler {
  /// The sampler has no parameters.
  public init() {}
  public var needsNoise: Bool { false }

  public func step(
    _ state: Matrix, from t: Double, to s: Double, denoiser: any Denoiser, process: any DiffusionProcess,
    noise: Matrix?
  ) -> Matrix {
    let first = denoiser.predict(.velocity, noised: state, process: process, at: t)
    let predicted = Matrix(state + (s - t) * first)
    let second = denoiser.predict(.velocity, noised: predicted, process: process, at: s)
    return Matrix(state + (s - t) * (0.5 * first + 0.5 * second))
  }
}
