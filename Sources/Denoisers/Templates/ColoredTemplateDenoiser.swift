// SPDX-License-Identifier: MIT
internal import CKernels
public import Diffusion
public import Distributions
internal import Foundation
public import Kernels

/// E[x_0 | x_t] when x_0 = c (x) T_j with c ~ N(u_j, s I_C), section 4.2: a low-rank mixture, channel by channel.
///
/// No matrix of side C h w is formed. With Q = |T_j|^2, q = alpha^2 s Q + sigma^2 and, for channel c of x_t,
/// pi_c = <T_j, x_c> - alpha u_jc Q and beta_c = alpha u_jc + alpha^2 s pi_c / q, component j has
///
///     clean_c = beta_c T_j / alpha,   noise_c = (x_c - beta_c T_j) / sigma
///     logit   = log p_j - (sum_c |x_c - beta_c T_j|^2 / sigma^2 + alpha^2 s pi_c^2 / q^2 + F log(q / sigma^2)) / 2
///
/// with F = C, equation (325), or 1 (`LogDeterminant`). Points have shape (n, C h w), channel after channel. An image of
/// one pixel is all along its template: there, and only there, noise at small t comes from a difference that cancels.
public struct ColoredTemplateDenoiser: Denoiser {
  /// T_1..T_M, shape (M, h w).
  public let templates: Matrix
  /// u_1..u_M, shape (M, C).
  public let colorMeans: Matrix
  /// s >= 0.
  public let colorVariance: Double
  /// Which factor F the log-determinant has.
  public let logDeterminant: LogDeterminant
  private let rows, squares, logPriors: [Double]

  public var dimension: Int { colorMeans.columns * templates.columns }

  /// `weights` are the priors p_j up to a common factor, zeros allowed; nil means equal priors.
  public init(
    templates: Matrix, colorMeans: Matrix, colorVariance: Double, weights: [Double]? = nil,
    logDeterminant: LogDeterminant = .exact
  ) {
    let law = ColoredTemplateLaw(
      templates: templates, colorMeans: colorMeans, colorVariance: colorVariance, weights: weights)
    self.init(law: law, logDeterminant: logDeterminant)
  }

  /// The generalizing denoiser of a law.
  public init(law: ColoredTemplateLaw, logDeterminant: LogDeterminant = .exact) {
    (templates, colorMeans, colorVariance) = (law.templates, law.colorMeans, law.colorVariance)
    self.logDeterminant = logDeterminant
    let padding = Int(vb_colored_padded(Int64(templates.columns))) - templates.columns
    rows = (0..<templates.rows).flatMap { law.templates.row($0) + Array(repeating: 0, count: padding) }
    squares = (0..<templates.rows).map { law.templates.vector($0).squares }
    logPriors = law.weights.map { log($0) }
  }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    var clean = Matrix(rows: noised.rows, columns: noised.columns)
    var noise = clean
    withMixture(noised, alpha: process.alpha(t), sigma: process.sigma(t)) { mixture, points, scratch in
      clean.values.withUnsafeMutableBufferPointer { clean in
        noise.values.withUnsafeMutableBufferPointer { noise in
          vb_colored_posterior(mixture, points, Int64(noised.rows), clean.baseAddress, noise.baseAddress, scratch)
        }
      }
    }
    return Posterior(clean: clean, noise: noise)
  }

  /// The posterior weights w_j of the components, shape (n, M), rows of sum 1.
  public func posteriorWeights(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Matrix {
    var weights = Matrix(rows: noised.rows, columns: templates.rows)
    withMixture(noised, alpha: process.alpha(t), sigma: process.sigma(t)) { mixture, points, scratch in
      weights.values.withUnsafeMutableBufferPointer {
        vb_colored_weights(mixture, points, Int64(noised.rows), $0.baseAddress, scratch)
      }
    }
    return weights
  }

  private func withMixture(
    _ points: Matrix, alpha: Double, sigma: Double,
    _ body: (UnsafePointer<vb_colored_mixture>, UnsafePointer<Double>?, UnsafeMutablePointer<Double>?) -> Void
  ) {
    precondition(points.columns == dimension, "points of dimension \(points.columns), images of \(dimension)")
    var mixture = vb_colored_mixture()
    mixture.components = Int64(templates.rows)
    mixture.channels = Int64(colorMeans.columns)
    mixture.pixels = Int64(templates.columns)
    (mixture.alpha, mixture.sigma, mixture.variance) = (alpha, sigma, colorVariance)
    mixture.determinants = logDeterminant.factor(channels: colorMeans.columns)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Int(vb_colored_scratch(&mixture))) { scratch in
      rows.withUnsafeBufferPointer { rows in
        squares.withUnsafeBufferPointer { squares in
          colorMeans.values.withUnsafeBufferPointer { colorMeans in
            logPriors.withUnsafeBufferPointer { logPriors in
              (mixture.templates, mixture.squares) = (rows.baseAddress, squares.baseAddress)
              (mixture.color_means, mixture.log_priors) = (colorMeans.baseAddress, logPriors.baseAddress)
              points.values.withUnsafeBufferPointer { body(&mixture, $0.baseAddress, scratch.baseAddress) }
            }
          }
        }
      }
    }
  }
}
