// SPDX-License-Identifier: MIT

/// Weighted least squares of M_pt/N on an intercept, d, K and N (those that vary), with standard errors.
///
/// The weight of a tuple is 1 / (its measurement variance + a common variance between tuples), the latter such that
/// chi^2 equals its degrees of freedom (Paule and Mandel, *J. Res. Natl. Bur. Stand.* 87 (1982) 377), so that the
/// standard errors include the spread that the intervals leave out.
///
/// Tuples of one seed are not independent: those of equal K and N share labels and start. Where there are enough such
/// cells the standard errors are cluster-robust over them (sandwich, factor G/(G-1) (n-1)/(n-p), Student with G - 1
/// degrees of freedom; Cameron and Miller, *J. Hum. Resour.* 50 (2015) 317).
package struct SweepTrend: Sendable, Hashable {
  package struct Slope: Sendable, Hashable {
    /// `d`, `K` or `N`.
    package let name: String
    /// Change of M_pt/N per unit, and its standard error.
    package let value, standardError: Double
    package let lowest, highest: Double
    package let degreesOfFreedom: Int

    /// Student's 95 % interval excludes zero.
    package var isSignificant: Bool {
      abs(value) > SeedSpread.quantile(degreesOfFreedom: degreesOfFreedom) * standardError
    }
  }

  package let slopes: [Slope]
  /// M_pt/N at the means of the covariates.
  package let centre: Double
  package let centres: [Double]
  /// The standard deviation between tuples beyond measurement noise.
  package let excess: Double

  /// Cells of tuples that share random numbers, over which the standard errors are robust; nil: taken as independent.
  package let clusters: Int?

  /// Fewer cells than this make the sandwich useless.
  private static let fewestClusters = 10

  /// `points`: the covariates d, K, N, then M_pt/N and its standard deviation. nil with too few or too equal points.
  package init?(_ points: [(covariates: [Double], value: Double, deviation: Double)]) {
    let names = ["d", "K", "N"]
    let varying = names.indices.filter { column in Set(points.map { $0.covariates[column] }).count > 1 }
    let freedom = points.count - varying.count - 1
    guard !varying.isEmpty, freedom >= 1 else { return nil }
    let means = varying.map { column in points.map { $0.covariates[column] }.reduce(0, +) / Double(points.count) }
    // Scaled columns keep the normal equations well conditioned.
    let scales = varying.map { column -> Double in
      let values = points.map { $0.covariates[column] }
      return (values.max() ?? 1) - (values.min() ?? 0)
    }
    let rows = points.map { point in
      [1] + varying.indices.map { (point.covariates[varying[$0]] - means[$0]) / scales[$0] }
    }
    let (values, variances) = (points.map(\.value), points.map { $0.deviation * $0.deviation })
    guard let (fit, between) = Self.balanced(rows, values, variances, freedom: freedom) else { return nil }
    centre = fit.coefficients[0]
    centres = means
    excess = between.squareRoot()
    let cells = points.map { [$0.covariates[1], $0.covariates[2]] }
    let count = Set(cells).count
    clusters = count >= Self.fewestClusters && count < points.count ? count : nil
    let covariance =
      clusters == nil
      ? fit.inverse
      : Self.sandwich(
        rows, values, weights: variances.map { 1 / max($0 + between, 1e-18) }, fit, cells: cells)
    let degrees = clusters.map { $0 - 1 } ?? freedom
    slopes = varying.indices.map { index in
      let column = points.map { $0.covariates[varying[index]] }
      return Slope(
        name: names[varying[index]], value: fit.coefficients[index + 1] / scales[index],
        standardError: covariance[index + 1][index + 1].squareRoot() / scales[index],
        lowest: column.min() ?? 0, highest: column.max() ?? 0, degreesOfFreedom: degrees)
    }
  }

  private typealias Fit = (coefficients: [Double], inverse: [[Double]], chiSquare: Double)

  /// Bisects for the variance between tuples at which chi^2 equals its degrees of freedom.
  private static func balanced(
    _ rows: [[Double]], _ values: [Double], _ variances: [Double], freedom: Int
  ) -> (Fit, Double)? {
    func fit(_ between: Double) -> Fit? { solve(rows, values, weights: variances.map { 1 / max($0 + between, 1e-18) }) }
    guard let plain = fit(0) else { return nil }
    if plain.chiSquare <= Double(freedom) { return (plain, 0) }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      guard let chiSquare = fit(middle)?.chiSquare else { return nil }
      if chiSquare > Double(freedom) { low = middle } else { high = middle }
    }
    return fit(high).map { ($0, high) }
  }

  private static func solve(_ rows: [[Double]], _ values: [Double], weights: [Double]) -> Fit? {
    let size = rows[0].count
    let normal = (0..<size).map { i in
      (0..<size).map { j in rows.indices.reduce(0.0) { $0 + weights[$1] * rows[$1][i] * rows[$1][j] } }
    }
    guard let inverse = inverse(normal) else { return nil }
    let right = (0..<size).map { i in rows.indices.reduce(0.0) { $0 + weights[$1] * rows[$1][i] * values[$1] } }
    let coefficients = inverse.map { row in zip(row, right).reduce(0) { $0 + $1.0 * $1.1 } }
    let chiSquare = rows.indices.reduce(0.0) { total, index in
      let residual = values[index] - zip(rows[index], coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      return total + weights[index] * residual * residual
    }
    return (coefficients, inverse, chiSquare)
  }

  /// (X'WX)^-1 (sum over cells of g g') (X'WX)^-1 with g = X'W r of a cell, and the small-sample factor.
  private static func sandwich(
    _ rows: [[Double]], _ values: [Double], weights: [Double], _ fit: Fit, cells: [[Double]]
  ) -> [[Double]] {
    let size = fit.coefficients.count
    var scores: [[Double]: [Double]] = [:]
    var order: [[Double]] = []
    for index in rows.indices {
      let residual = values[index] - zip(rows[index], fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      let score = rows[index].map { $0 * weights[index] * residual }
      if scores[cells[index]] == nil { order.append(cells[index]) }
      scores[cells[index]] = zip(scores[cells[index]] ?? Array(repeating: 0, count: size), score).map { $0 + $1 }
    }
    let (groups, count) = (Double(scores.count), Double(rows.count))
    let factor = groups / (groups - 1) * (count - 1) / (count - Double(size))
    // In order of first appearance: the same sum every time.
    let influence = order.compactMap { scores[$0] }.map { score in
      fit.inverse.map { row in zip(row, score).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return (0..<size).map { i in (0..<size).map { j in factor * influence.reduce(0) { $0 + $1[i] * $1[j] } } }
  }

  /// Gauss and Jordan with pivots; nil of a singular matrix (collinear covariates).
  private static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
    let size = matrix.count
    var work = matrix.enumerated().map { index, row in row + (0..<size).map { $0 == index ? 1 : 0 } }
    let largest = matrix.flatMap { $0 }.map(abs).max() ?? 0
    for column in 0..<size {
      guard let pivot = (column..<size).max(by: { abs(work[$0][column]) < abs(work[$1][column]) }),
        abs(work[pivot][column]) > 1e-12 * largest
      else { return nil }
      work.swapAt(column, pivot)
      let scale = work[column][column]
      work[column] = work[column].map { $0 / scale }
      for row in 0..<size where row != column {
        let factor = work[row][column]
        work[row] = zip(work[row], work[column]).map { $0 - factor * $1 }
      }
    }
    return work.map { Array($0[size...]) }
  }
}
