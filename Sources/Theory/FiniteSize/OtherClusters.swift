// SPDX-License-Identifier: MIT
internal import Foundation
internal import Statistics

/// The squared distance, in units of the variance, from a point of norm rho to a sample of another cluster:
/// chi2_d(lambda), lambda = rho^2 + R^2 - 2 rho R c, R = sqrt(d/s), c the cosine of a uniform direction.
///
/// The laws chi2_d(lambda) are summed for a few lambda only. Between them log(F / (1 - F)) is interpolated, in the
/// distance sqrt(lambda) of the means and then, averaged over c, in rho: it is smooth and accurate in both tails.
struct OtherClusters: Sendable {
  private let squaredMean: Double
  private let cosines: GaussQuadrature
  private let norms: ChebyshevNodes
  /// sqrt(lambda) over all norms and cosines.
  private let centres: ChebyshevNodes
  private let families: [NoncentralChiSquared]

  /// `range`: the norms between which laws will be asked for.
  init(dimension: Int, squaredMean: Double, range: ClosedRange<Double>, refinement: Int) {
    self.squaredMean = squaredMean
    cosines = .sphereCosine(dimension, count: 12 * refinement)
    norms = ChebyshevNodes(range, count: 16 * refinement)
    let cosines = cosines.nodes
    let lengths = norms.nodes.flatMap { norm in
      cosines.map { Self.centre(norm: norm, mean: squaredMean.squareRoot(), cosine: $0) }
    }
    centres = ChebyshevNodes((lengths.min() ?? 0)...(lengths.max() ?? 0), count: 30 * refinement)
    families = centres.nodes.map { NoncentralChiSquared(degrees: Double(dimension), noncentrality: $0 * $0) }
    typicalDistance = 2 * Double(dimension) + 2 * squaredMean
  }

  private static func centre(norm: Double, mean: Double, cosine: Double) -> Double {
    max(0, norm * norm + mean * mean - 2 * norm * mean * cosine).squareRoot()
  }

  /// The mean distance from a sample of another cluster.
  let typicalDistance: Double

  /// The largest density at u of any of the laws.
  func largestDensity(at u: Double) -> Double { families.map { $0.density(at: u) }.max() ?? 0 }

  /// log(F / (1 - F)) at [point of `points`][node of the grid], F averaged over the cosine.
  func logits(_ grid: LogGrid, norms points: [Double]) -> [[Double]] {
    let laws = families.map { law in DistanceLaw(grid) { law.density(at: $0) } }
    let family = (0..<grid.count).map { k in laws.map { Self.logit($0.lower[k], $0.upper[k]) } }
    let mean = squaredMean.squareRoot()
    let averaged = norms.nodes.map { norm in
      let rows = cosines.nodes.map {
        centres.coefficients(at: Self.centre(norm: norm, mean: mean, cosine: $0))
      }
      return family.map { Self.average($0, rows, cosines.weights) }
    }
    return points.map { point in
      let row = norms.coefficients(at: point)
      return (0..<grid.count).map { k in row.indices.reduce(0) { $0 + row[$1] * averaged[$1][k] } }
    }
  }

  /// The logit of the mean over cosines.
  private static func average(_ logits: [Double], _ rows: [[Double]], _ weights: [Double]) -> Double {
    var (lower, upper) = (0.0, 0.0)
    for (row, weight) in zip(rows, weights) where weight > 0 {
      var value = 0.0
      for index in row.indices { value += row[index] * logits[index] }
      // From the smaller side, so that neither tail is lost.
      let small = exp(-abs(value))
      let (less, more) = (weight * small / (1 + small), weight / (1 + small))
      lower += value < 0 ? less : more
      upper += value < 0 ? more : less
    }
    return logit(lower, upper)
  }

  private static func logit(_ lower: Double, _ upper: Double) -> Double {
    log(max(lower, 1e-300)) - log(max(upper, 1e-300))
  }
}
