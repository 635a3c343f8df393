// SPDX-License-Identifier: MIT
import Diffusion
import Distributions
import Foundation
import Kernels

/// The naive twin of low-rank denoisers: covariances Sigma_k as dense matrices and their Cholesky factors, nothing else.
///
///     C = alpha^2 Sigma + sigma^2 I,  noise = sigma C^-1 delta,  clean = mu + alpha Sigma C^-1 delta,
///     logit = log p - (delta^T C^-1 delta + log det C) / 2,  delta = x_t - alpha mu
struct DenseMixture: Denoiser {
  let means: Matrix
  let covariances: [Matrix]
  let weights: [Double]

  var dimension: Int { means.columns }

  init(_ law: LowRankMixture) {
    means = law.means
    weights = law.weights
    covariances = law.factors.map { factor in
      var covariance = Matrix(rows: factor.rows, columns: factor.rows)
      for i in 0..<factor.rows {
        for j in 0..<factor.rows {
          covariance[i, j] = zip(factor.row(i), factor.row(j)).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
      return covariance
    }
  }

  func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let factors = covariances.map { cholesky($0, alpha: alpha, sigma: sigma) }
    var (clean, noise) = (noised, noised)
    for row in 0..<noised.rows {
      var (solved, logits): ([[Double]], [Double]) = ([], [])
      for (k, factor) in factors.enumerated() {
        let delta = zip(noised.row(row), means.row(k)).map { $0 - alpha * $1 }
        let solution = solve(factor, delta)
        let determinant = (0..<dimension).reduce(0) { $0 + 2 * log(factor[$1, $1]) }
        logits.append(log(weights[k]) - (dot(delta, solution) + determinant) / 2)
        solved.append(solution)
      }
      let powers = logits.map { exp($0 - logits.max()!) }
      let shares = powers.map { $0 / powers.reduce(0, +) }
      for j in 0..<dimension {
        noise[row, j] = sigma * dot(shares, solved.map { $0[j] })
        clean[row, j] = shares.indices.reduce(0) {
          $0 + shares[$1] * (means[$1, j] + alpha * dot(Array(covariances[$1].row(j)), solved[$1]))
        }
      }
    }
    return Posterior(clean: clean, noise: noise)
  }

  /// L with L L^T = alpha^2 Sigma + sigma^2 I.
  private func cholesky(_ covariance: Matrix, alpha: Double, sigma: Double) -> Matrix {
    var lower = Matrix(rows: dimension, columns: dimension)
    for i in 0..<dimension {
      for j in 0...i {
        var value = alpha * alpha * covariance[i, j] + (i == j ? sigma * sigma : 0)
        for k in 0..<j { value -= lower[i, k] * lower[j, k] }
        lower[i, j] = i == j ? value.squareRoot() : value / lower[j, j]
      }
    }
    return lower
  }

  private func solve(_ lower: Matrix, _ right: [Double]) -> [Double] {
    var x = right
    for i in 0..<dimension {
      for k in 0..<i { x[i] -= lower[i, k] * x[k] }
      x[i] /= lower[i, i]
    }
    for i in (0..<dimension).reversed() {
      for k in i + 1..<dimension { x[i] -= lower[k, i] * x[k] }
      x[i] /= lower[i, i]
    }
    return x
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
