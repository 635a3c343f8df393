// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// The trainable mixture: M means and one shared standard deviation; priors fixed (appendix H).
///
/// Denoises as the mixture denoiser (14) with s = std^2. The sign of std has no meaning.
public struct MixtureModel: TrainableModel, Equatable {
  /// (M, d).
  public var means: Matrix
  /// The one standard deviation, trained; its sign has no meaning.
  public var std: Double
  /// Priors p_j up to a common factor, never trained; nil means equal priors, which is what appendix H has.
  public let priors: [Double]?

  /// `priors`, where there are any, one for each row of `means`; others stop the program.
  public init(means: Matrix, std: Double, priors: [Double]? = nil) {
    precondition(priors.map { $0.count == means.rows } ?? true, "\(priors?.count ?? 0) priors, \(means.rows) means")
    self.means = means
    self.std = std
    self.priors = priors
  }

  public var dimension: Int { means.columns }
  /// M.
  public var componentCount: Int { means.rows }

  /// The parameters as the optimizer sees them: the M d values of the means, then std.
  public var parameters: [Double] {
    get { means.values + [std] }
    set {
      precondition(newValue.count == means.values.count + 1, "\(newValue.count) parameters")
      means.values = Array(newValue.dropLast())
      std = newValue[newValue.count - 1]
    }
  }

  /// The model as a closed-form denoiser: build it once where many points are denoised.
  public var denoiser: MixtureDenoiser { MixtureDenoiser(means: means, variance: std * std, weights: priors) }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    denoiser.posterior(noised, process: process, at: t)
  }
}
