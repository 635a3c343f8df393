// SPDX-License-Identifier: MIT
internal import Statistics

/// Weighted least squares of M_pt/N on an intercept, d, K and N (those that vary), with standard errors.
///
/// The weight of a tuple is 1 / (its measurement variance + a common variance between tuples)
/// (`LeastSquares.balanced`), so that the standard errors include the spread that the intervals leave out.
///
/// Tuples of one seed are not independent: those of equal K and N share labels and start. Where there are enough such
/// cells the standard errors are cluster-robust over them (`LeastSquares.clusterCovariance`, Student with G - 1 degrees
/// of freedom).
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
      abs(value) > Student.tabulated(degreesOfFreedom: degreesOfFreedom, decimals: 3) * standardError
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
    let means = varying.map { column in points.map { $0.covariates[column] }.mean }
    // Scaled columns keep the normal equations well conditioned.
    let scales = varying.map { column -> Double in
      let values = points.map { $0.covariates[column] }
      return (values.max() ?? 1) - (values.min() ?? 0)
    }
    let rows = points.map { point in
      [1] + varying.indices.map { (point.covariates[varying[$0]] - means[$0]) / scales[$0] }
    }
    let (values, variances) = (points.map(\.value), points.map { $0.deviation * $0.deviation })
    guard let (fit, between) = LeastSquares.balanced(rows, values, variances: variances) else { return nil }
    centre = fit.coefficients[0]
    centres = means
    excess = between.squareRoot()
    let cells = points.map { [$0.covariates[1], $0.covariates[2]] }
    let count = Set(cells).count
    clusters = count >= Self.fewestClusters && count < points.count ? count : nil
    let covariance = clusters == nil ? fit.covariance : fit.clusterCovariance(cells)
    let degrees = clusters.map { $0 - 1 } ?? freedom
    slopes = varying.indices.map { index in
      let column = points.map { $0.covariates[varying[index]] }
      return Slope(
        name: names[varying[index]], value: fit.coefficients[index + 1] / scales[index],
        standardError: covariance[index + 1][index + 1].squareRoot() / scales[index],
        lowest: column.min() ?? 0, highest: column.max() ?? 0, degreesOfFreedom: degrees)
    }
  }
}
