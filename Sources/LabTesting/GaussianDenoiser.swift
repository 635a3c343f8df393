// SPDX-License-Identifier: MIT
internal import Foundation
public import Diffusion
public import Kernels

/// The trivial denoiser: E[x_0 | x_t] when x_0 ~ N(m, s I). Its probability flow has a closed form.
public struct GaussianDenoiser: Denoiser {
  /// m.
  public let mean: [Double]
  /// s.
  public let variance: Double

  public init(mean: [Double], variance: Double) {
    self.mean = mean
    self.variance = variance
  }

  public var dimension: Int { mean.count }

  /// V = alpha^2 s + sigma^2; eps = sigma (x - alpha m) / V; x0 = m + alpha s (x - alpha m) / V.
  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let noisedVariance = alpha * alpha * variance + sigma * sigma
    var (clean, noise) = (noised, noised)
    for row in 0..<noised.rows {
      for (j, m) in mean.enumerated() {
        let residual = (noised[row, j] - alpha * m) / noisedVariance
        noise[row, j] = sigma * residual
        clean[row, j] = m + alpha * variance * residual
      }
    }
    return Posterior(clean: clean, noise: noise)
  }

  /// The probability flow from t to s: alpha_s m + sqrt(V_s / V_t) (x - alpha_t m).
  public func flow(_ state: Matrix, from t: Double, to s: Double, process: any DiffusionProcess) -> Matrix {
    func std(_ time: Double) -> Double { hypot(process.alpha(time) * variance.squareRoot(), process.sigma(time)) }
    var result = state
    for row in 0..<state.rows {
      for (j, m) in mean.enumerated() {
        result[row, j] = process.alpha(s) * m + std(s) / std(t) * (state[row, j] - process.alpha(t) * m)
      }
    }
    return result
  }
}
