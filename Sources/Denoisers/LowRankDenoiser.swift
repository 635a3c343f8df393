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
  private let bases: [Basis]

  public var dimension: Int { law.dimension }

  /// Takes the singular vectors of every factor once: O(d r_k^2) for each.
  public init(law: LowRankMixture) {
    self.law = law
    bases = law.factors.map { Basis(SingularBasis(columnsOf: $0)) }
  }

  public func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    precondition(noised.columns == dimension, "points of dimension \(noised.columns), means of \(dimension)")
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    var clean = Matrix(rows: noised.rows, columns: dimension)
    var noise = clean
    for row in 0..<noised.rows {
      let views = views(of: noised.vector(row), alpha: alpha, sigma: sigma)
      let weights = Softmax(views.map(\.logit)).probabilities
      for (k, weight) in weights.enumerated() where weight != 0 {
        let (inClean, inNoise) = faces(views[k], component: k, alpha: alpha, sigma: sigma)
        clean.add(weight * inClean, toRow: row)
        noise.add(weight * inNoise, toRow: row)
      }
    }
    return Posterior(clean: clean, noise: noise)
  }

  /// The posterior weights w_k of the components, shape (n, K), rows of sum 1.
  public func posteriorWeights(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Matrix {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    return Matrix(
      (0..<noised.rows).map { row in
        Softmax(views(of: noised.vector(row), alpha: alpha, sigma: sigma).map(\.logit)).probabilities
      })
  }

  /// A_k: its S_l and u_l.
  private struct Basis {
    let values: [Double]
    let directions: [Vector]

    init(_ basis: SingularBasis) {
      (values, directions) = (basis.values, (0..<basis.directions.rows).map { basis.directions.vector($0) })
    }
  }

  /// A point as a component sees it: g, delta - U g, and its logit.
  private struct View {
    var coordinates: [Double]
    var across: Vector
    var logit: Double
  }

  private func views(of point: Vector, alpha: Double, sigma: Double) -> [View] {
    bases.indices.map { k in
      let basis = bases[k]
      var across = Vector(point - alpha * law.means.vector(k))
      let coordinates = basis.directions.map { $0.dot(across) }
      // A component of full rank has nothing across: the difference would be rounding alone.
      if basis.values.count == dimension {
        across = Vector(zeros: dimension)
      } else {
        for (g, u) in zip(coordinates, basis.directions) { across -= g * u }
      }
      var squares = across.squares / (sigma * sigma)
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
  ) -> (clean: Vector, noise: Vector) {
    let basis = bases[k]
    var (clean, noise) = (law.means.vector(k), Vector(view.across / sigma))
    for (l, (g, u)) in zip(view.coordinates, basis.directions).enumerated() {
      let variance = basis.values[l] * basis.values[l]
      let q = alpha * alpha * variance + sigma * sigma
      clean += alpha * variance / q * g * u
      noise += sigma / q * g * u
    }
    return (clean, noise)
  }
}
