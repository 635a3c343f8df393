// SPDX-License-Identifier: MIT
public import Diffusion
public import Distributions
internal import Foundation
public import Kernels
internal import Statistics

/// E[x_0 | x_t] when x_0 has the law sum_k p_k N(mu^k, A_k A_k^T), equations (11), (12).
///
/// With A_k = U diag(S) V^T, delta = x_t - alpha mu^k, g = U^T delta and q_l = alpha^2 S_l^2 + sigma^2, component k has
///
///     clean = mu^k + alpha sum_l (S_l^2 / q_l) g_l u_l
///     noise = (delta - U g) / sigma + sigma sum_l (g_l / q_l) u_l
///     logit = log p_k - (|delta - U g|^2 / sigma^2 + sum_l g_l^2 / q_l + sum_l log(1 + alpha^2 S_l^2 / sigma^2)) / 2
///
/// and w = softmax of the logits. Nothing here is of order 1 / sigma^2 times a difference: the residual within
/// the span of A_k is never formed by subtraction, so that small t costs no digits. Written with
/// z = (A^T A + (sigma/alpha)^2 I)^-1 A^T delta, clean is mu^k + A z / alpha and noise (delta - A z) / sigma.
public struct LowRankDenoiser: Denoiser {
  /// The law of x_0.
  public let law: LowRankMixture
  private let bases: [SingularBasis]

  public var dimension: Int { law.dimension }

  /// Takes the singular vectors of every factor once: O(d r_k^2) for each.
  public init(law: LowRankMixture) {
    self.law = law
    bases = law.factors.map { SingularBasis(columnsOf: $0) }
  }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    precondition(noised.columns == dimension, "points of dimension \(noised.columns), means of \(dimension)")
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    var clean = Matrix(rows: noised.rows, columns: dimension)
    var noise = clean
    for row in 0..<noised.rows {
      let views = views(of: Array(noised.row(row)), alpha: alpha, sigma: sigma)
      let weights = Softmax(views.map(\.logit)).probabilities
      for (k, weight) in weights.enumerated() where weight != 0 {
        let (inClean, inNoise) = faces(views[k], component: k, alpha: alpha, sigma: sigma)
        for j in 0..<dimension {
          clean[row, j] += weight * inClean[j]
          noise[row, j] += weight * inNoise[j]
        }
      }
    }
    return Posterior(clean: clean, noise: noise)
  }

  /// The posterior weights w_k of the components, shape (n, K), rows of sum 1.
  public func posteriorWeights(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Matrix {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    return Matrix(
      (0..<noised.rows).map { row in
        Softmax(views(of: Array(noised.row(row)), alpha: alpha, sigma: sigma).map(\.logit)).probabilities
      })
  }

  /// A point as a component sees it: g, delta - U g, and its logit.
  private struct View {
    var coordinates, across: [Double]
    var logit: Double
  }

  private func views(of point: [Double], alpha: Double, sigma: Double) -> [View] {
    bases.indices.map { k in
      let basis = bases[k]
      var across = zip(point, law.means.row(k)).map { $0 - alpha * $1 }
      let coordinates = basis.values.indices.map { l in
        zip(basis.directions.row(l), across).reduce(0) { $0 + $1.0 * $1.1 }
      }
      // A component of full rank has nothing across: the difference would be rounding alone.
      if basis.values.count == dimension {
        across = Array(repeating: 0, count: dimension)
      } else {
        for (l, g) in coordinates.enumerated() {
          for (j, u) in zip(across.indices, basis.directions.row(l)) { across[j] -= g * u }
        }
      }
      var squares = across.reduce(0) { $0 + $1 * $1 } / (sigma * sigma)
      for (g, value) in zip(coordinates, basis.values) {
        let ratio = alpha * value / sigma
        squares += g / sigma * (g / sigma) / (1 + ratio * ratio) + log1p(ratio * ratio)
      }
      return View(coordinates: coordinates, across: across, logit: log(law.weights[k]) - squares / 2)
    }
  }

  /// Clean and noise of one component.
  private func faces(
    _ view: View, component k: Int, alpha: Double, sigma: Double
  ) -> (clean: [Double], noise: [Double]) {
    let basis = bases[k]
    var (clean, noise) = (Array(law.means.row(k)), view.across.map { $0 / sigma })
    for (l, g) in view.coordinates.enumerated() {
      let variance = basis.values[l] * basis.values[l]
      let q = alpha * alpha * variance + sigma * sigma
      for (j, u) in basis.directions.row(l).enumerated() {
        clean[j] += alpha * variance / q * g * u
        noise[j] += sigma / q * g * u
      }
    }
    return (clean, noise)
  }
}
