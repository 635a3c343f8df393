// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// One step of a sampler from time t down to time s < t. Samplers are values without state.
public protocol Sampler: Sendable {
  /// Whether `step` takes standard normals.
  var needsNoise: Bool { get }
  /// The state at s, shape (n, d), from the state at t.
  ///
  /// `noise` is (n, d) standard normals where `needsNoise`, nil otherwise. Row i of the result
  /// depends on row i of the state and of the noise alone.
  func step(
    _ state: Matrix, from t: Double, to s: Double, denoiser: any Denoiser, process: any DiffusionProcess,
    noise: Matrix?
  ) -> Matrix
}
