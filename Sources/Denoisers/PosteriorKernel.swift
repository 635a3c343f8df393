// SPDX-License-Identifier: MIT
internal import CKernels
internal import Foundation
internal import Kernels

/// The one path from points to posterior means, shared by all closed-form denoisers: calls `posterior.c`.
struct PosteriorKernel: Sendable {
  /// Components with positive prior, and their rows in the caller's numbering.
  private let means: Matrix
  private let logPriors: [Double]
  private let indices: [Int]
  private let componentCount: Int

  /// nil priors are equal; a component of prior 0 can never have posterior weight and is left out.
  init(means: Matrix, priors: [Double]?) {
    precondition(means.rows > 0 && means.columns > 0, "means of shape (\(means.rows), \(means.columns))")
    let priors = priors ?? Array(repeating: 1, count: means.rows)
    precondition(priors.count == means.rows, "\(priors.count) weights for \(means.rows) components")
    precondition(priors.allSatisfy { $0 >= 0 && $0.isFinite }, "weights \(priors)")
    indices = priors.indices.filter { priors[$0] > 0 }
    precondition(!indices.isEmpty, "no component has a positive weight")
    self.means = indices.count == means.rows ? means : means.gathering(indices)
    logPriors = indices.map { log(priors[$0]) }
    componentCount = means.rows
  }

  /// sum_i w_i (x - alpha m_i) and sum_i w_i m_i, both (n, d), with
  /// w = softmax_i(log p_i - |x - alpha m_i|^2 / (2 V)).
  func averages(_ points: Matrix, alpha: Double, variance: Double) -> (residual: Matrix, mean: Matrix) {
    var residual = Matrix(rows: points.rows, columns: points.columns)
    var mean = residual
    withMixture(points, alpha: alpha, variance: variance) { mixture, points, count, scratch in
      residual.values.withUnsafeMutableBufferPointer { residual in
        mean.values.withUnsafeMutableBufferPointer { mean in
          vb_posterior(mixture, points, count, residual.baseAddress, mean.baseAddress, scratch)
        }
      }
    }
    return (residual, mean)
  }

  /// The posterior weights w, shape (n, M), M counting the components of prior 0 too.
  func weights(_ points: Matrix, alpha: Double, variance: Double) -> Matrix {
    var packed = Matrix(rows: points.rows, columns: indices.count)
    withMixture(points, alpha: alpha, variance: variance) { mixture, points, count, scratch in
      packed.values.withUnsafeMutableBufferPointer {
        vb_posterior_weights(mixture, points, count, $0.baseAddress, scratch)
      }
    }
    if indices.count == componentCount { return packed }
    var weights = Matrix(rows: points.rows, columns: componentCount)
    for row in 0..<points.rows {
      for (column, index) in indices.enumerated() { weights[row, index] = packed[row, column] }
    }
    return weights
  }

  private func withMixture(
    _ points: Matrix, alpha: Double, variance: Double,
    _ body: (UnsafePointer<vb_mixture>, UnsafePointer<Double>?, Int64, UnsafeMutablePointer<Double>?) -> Void
  ) {
    precondition(points.columns == means.columns, "points of dimension \(points.columns), means of \(means.columns)")
    precondition(variance > 0 && variance.isFinite, "variance \(variance) of a noised component")
    let (components, dimension) = (Int64(means.rows), Int64(means.columns))
    let size = Int(vb_posterior_scratch(components, dimension))
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { scratch in
      means.values.withUnsafeBufferPointer { means in
        logPriors.withUnsafeBufferPointer { logPriors in
          points.values.withUnsafeBufferPointer { points in
            var mixture = vb_mixture(
              means: means.baseAddress, log_priors: logPriors.baseAddress, components: components,
              dimension: dimension, alpha: alpha, spread: 0.5 / variance)
            body(&mixture, points.baseAddress, Int64(points.count) / dimension, scratch.baseAddress)
          }
        }
      }
    }
  }
}
