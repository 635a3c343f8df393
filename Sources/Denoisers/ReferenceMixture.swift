// SPDX-License-Identifier: MIT
internal import Foundation
package import Diffusion
package import Kernels

/// The naive twin of the posterior kernel: equation (14) point by point, for tests.
package struct ReferenceMixture: Denoiser {
  package let means: Matrix
  package let variance: Double
  /// Priors, sum 1.
  package let priors: [Double]

  package var dimension: Int { means.columns }

  package init(means: Matrix, variance: Double, weights: [Double]? = nil) {
    let given = weights ?? Array(repeating: 1, count: means.rows)
    let total = given.reduce(0, +)
    (self.means, self.variance, priors) = (means, variance, given.map { $0 / total })
  }

  package func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let noisedVariance = alpha * alpha * variance + sigma * sigma
    let weights = posteriorWeights(noised, process: process, at: t)
    var clean = Matrix(rows: noised.rows, columns: dimension)
    var noise = clean
    for row in 0..<noised.rows {
      for j in 0..<dimension {
        var (mean, residual) = (0.0, 0.0)
        for i in 0..<means.rows {
          mean += weights[row, i] * means[i, j]
          residual += weights[row, i] * (noised[row, j] - alpha * means[i, j])
        }
        clean[row, j] = (alpha * variance * noised[row, j] + sigma * sigma * mean) / noisedVariance
        noise[row, j] = sigma * residual / noisedVariance
      }
    }
    return Posterior(clean: clean, noise: noise)
  }

  /// w, shape (n, M).
  package func posteriorWeights(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Matrix {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let noisedVariance = alpha * alpha * variance + sigma * sigma
    var weights = Matrix(rows: noised.rows, columns: means.rows)
    for row in 0..<noised.rows {
      let logits = (0..<means.rows).map { i in
        let squares = (0..<dimension).map { j in
          let difference = noised[row, j] - alpha * means[i, j]
          return difference * difference
        }
        return log(priors[i]) - squares.reduce(0, +) / (2 * noisedVariance)
      }
      let best = logits.max() ?? 0
      let powers = logits.map { exp($0 - best) }
      let total = powers.reduce(0, +)
      for i in 0..<means.rows { weights[row, i] = powers[i] / total }
    }
    return weights
  }
}
