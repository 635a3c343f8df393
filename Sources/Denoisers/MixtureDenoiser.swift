// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// E[x_0 | x_t] when x_0 has the law sum_i p_i N(m_i, s I), equation (14).
///
/// With V = alpha^2 s + sigma^2 and w = softmax_i(log p_i - |x_t - alpha m_i|^2 / (2 V)):
///
///     clean = (alpha s / V) x_t + (sigma^2 / V) sum_i w_i m_i
///     noise = (sigma / V) sum_i w_i (x_t - alpha m_i)
///
/// The two are computed side by side, never one from the other: at small t noise through the clean
/// estimate loses |x_t| / (sigma |eps|) ulps, at large t the clean estimate through noise loses
/// as much. Logits are direct differences in double precision. With the data law's parameters this
/// is the generalizing denoiser. Points whose squared distances overflow get equal weights, not NaN.
public struct MixtureDenoiser: Denoiser {
  /// m_1..m_M, shape (M, d).
  public let means: Matrix
  /// s >= 0.
  public let variance: Double
  private let kernel: PosteriorKernel

  public var dimension: Int { means.columns }

  /// `weights` are the priors p_i up to a common factor, zeros allowed; nil means equal priors.
  public init(means: Matrix, variance: Double, weights: [Double]? = nil) {
    precondition(variance >= 0 && variance.isFinite, "variance \(variance)")
    self.means = means
    self.variance = variance
    kernel = PosteriorKernel(means: means, priors: weights)
  }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let noisedVariance = alpha * alpha * variance + sigma * sigma
    let (residual, mean) = kernel.averages(noised, alpha: alpha, variance: noisedVariance)
    return Posterior(
      clean: Matrix(alpha * variance / noisedVariance * noised + sigma * sigma / noisedVariance * mean),
      noise: Matrix(sigma / noisedVariance * residual))
  }

  /// The posterior weights w_i of the components, shape (n, M), rows of sum 1.
  public func posteriorWeights(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Matrix {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    return kernel.weights(noised, alpha: alpha, variance: alpha * alpha * variance + sigma * sigma)
  }
}
