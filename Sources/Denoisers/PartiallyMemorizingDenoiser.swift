// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// The memorizing denoiser of M of the N training samples, equation (13).
///
/// The theory supposes that the subset is chosen independently of the samples' values.
public struct PartiallyMemorizingDenoiser: Denoiser {
  /// Rows of the training samples that are memorized.
  public let subset: [Int]
  private let memorizing: MemorizingDenoiser

  public var dimension: Int { memorizing.dimension }

  /// `samples` (N, d); `subset` distinct rows of it, at least one.
  public init(samples: Matrix, subset: [Int]) {
    precondition(
      subset.allSatisfy { (0..<samples.rows).contains($0) } && Set(subset).count == subset.count,
      "subset \(subset) of \(samples.rows) samples")
    self.subset = subset
    memorizing = MemorizingDenoiser(samples: samples.gathering(subset))
  }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    memorizing.posterior(noised, process: process, at: t)
  }
}
