// SPDX-License-Identifier: MIT
internal import Foundation

/// The squared distance, in units of the variance, from a point of norm rho to a sample of another cluster:
/// chi2_d(lambda), lambda = rho^2 + R^2 - 2 rho R c, R = sqrt(d/s), c the cosine of a uniform direction.
struct OtherClusters: Sendable {
  private let degrees: Double
  private let squaredMean: Double
  private let cosines: GaussQuadrature
  /// Chebyshev nodes in rho between the smallest and the largest norm that a sample can have.
  private let norms: [Double]

  init(dimension: Int, squaredMean: Double, largestRadius: Double, refinement: Int) {
    (degrees, self.squaredMean) = (Double(dimension), squaredMean)
    cosines = .sphereCosine(dimension, count: 10 * refinement)
    let (mean, reach) = (squaredMean.squareRoot(), largestRadius.squareRoot())
    let (low, high) = (max(0, mean - reach), mean + reach)
    let count = 8 * refinement
    norms = (0..<count).map { index in
      (low + high) / 2 + (high - low) / 2 * cos(Double.pi * (Double(index) + 0.5) / Double(count))
    }
  }

  /// The mean distance from a sample of another cluster.
  var typicalDistance: Double { 2 * degrees + 2 * squaredMean }

  private func density(norm: Double, at u: Double) -> Double {
    var sum = 0.0
    for (cosine, weight) in zip(cosines.nodes, cosines.weights) where weight > 0 {
      let squared = norm * norm + squaredMean - 2 * norm * squaredMean.squareRoot() * cosine
      sum += weight * NoncentralChiSquared(degrees: degrees, noncentrality: max(squared, 0)).densities(at: u).same
    }
    return sum
  }

  func largestDensity(at u: Double) -> Double { norms.map { density(norm: $0, at: u) }.max() ?? 0 }

  /// The distribution functions at every node of a grid, one per norm.
  func laws(_ grid: LogGrid) -> Laws {
    Laws(norms: norms, values: norms.map { norm in DistanceLaw.cumulative(grid) { density(norm: norm, at: $0) } })
  }

  struct Laws {
    let norms: [Double]
    /// [norm][node of the grid].
    let values: [[Double]]

    /// F at the k-th node as a function of the norm: log F interpolated through the Chebyshev nodes.
    func interpolation(at k: Int) -> (Double) -> Double {
      let logs = values.map { log(max($0[k], 1e-300)) }
      let signs = norms.indices.map { index in
        (index.isMultiple(of: 2) ? 1 : -1) * sin(Double.pi * (Double(index) + 0.5) / Double(norms.count))
      }
      return { norm in
        var (top, bottom) = (0.0, 0.0)
        for (index, node) in norms.enumerated() {
          let difference = norm - node
          if difference == 0 { return exp(logs[index]) }
          let weight = signs[index] / difference
          top += weight * logs[index]
          bottom += weight
        }
        return min(exp(top / bottom), 1)
      }
    }
  }
}
