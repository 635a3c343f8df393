// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// E[x_0 | x_t] when x_0 is uniform on the training samples, equation (8): the exact minimizer of the
/// training loss. A mixture of variance 0 whose means are the samples.
public struct MemorizingDenoiser: Denoiser {
  private let mixture: MixtureDenoiser

  /// x^1..x^N, shape (N, d).
  public var samples: Matrix { mixture.means }
  public var dimension: Int { mixture.dimension }

  /// `samples` (N, d), N >= 1, each of the same weight.
  public init(samples: Matrix) {
    mixture = MixtureDenoiser(means: samples, variance: 0)
  }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    mixture.posterior(noised, process: process, at: t)
  }

  /// The posterior weights of the samples, shape (n, N), rows of sum 1.
  public func posteriorWeights(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Matrix {
    mixture.posteriorWeights(noised, process: process, at: t)
  }
}
