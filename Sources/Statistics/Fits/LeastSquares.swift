// SPDX-License-Identifier: MIT

/// Weighted linear regression: the b that minimizes sum_i w_i (y_i - x_i b)^2.
package struct LeastSquares {
  private let rows: [[Double]]
  private let values, weights: [Double]
  /// b, one for each column.
  package let coefficients: [Double]
  /// (X'WX)^-1: the covariance of b if each w_i is one over the variance of y_i.
  package let covariance: [[Double]]
  /// sum_i w_i (y_i - x_i b)^2.
  package let chiSquare: Double

  /// `rows`: X, n rows of p columns; y and w have n. nil where columns are collinear.
  package init?(_ rows: [[Double]], _ values: [Double], weights: [Double]) {
    let size = rows[0].count
    let normal = (0..<size).map { i in
      (0..<size).map { j in rows.indices.reduce(0.0) { $0 + weights[$1] * rows[$1][i] * rows[$1][j] } }
    }
    guard let inverse = Self.inverse(normal) else { return nil }
    let right = (0..<size).map { i in rows.indices.reduce(0.0) { $0 + weights[$1] * rows[$1][i] * values[$1] } }
    let coefficients = inverse.map { row in zip(row, right).reduce(0) { $0 + $1.0 * $1.1 } }
    (self.rows, self.values, self.weights) = (rows, values, weights)
    (self.coefficients, covariance) = (coefficients, inverse)
    chiSquare = rows.indices.reduce(0.0) { total, index in
      let residual = values[index] - zip(rows[index], coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      return total + weights[index] * residual * residual
    }
  }

  /// The fit with weights 1 / (v_i + c), v_i the known variances and c a common one such that chi^2 equals its n - p
  /// degrees of freedom; 0 where it is smaller without. Paule and Mandel, *J. Res. Natl. Bur. Stand.* 87 (1982) 377.
  package static func balanced(
    _ rows: [[Double]], _ values: [Double], variances: [Double]
  ) -> (fit: LeastSquares, between: Double)? {
    func fit(_ between: Double) -> LeastSquares? {
      LeastSquares(rows, values, weights: variances.map { 1 / max($0 + between, 1e-18) })
    }
    guard let plain = fit(0) else { return nil }
    let freedom = Double(rows.count - rows[0].count)
    if plain.chiSquare <= freedom { return (plain, 0) }
    var (low, high) = (0.0, 1.0)
    while let chiSquare = fit(high)?.chiSquare, chiSquare > freedom { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      guard let chiSquare = fit(middle)?.chiSquare else { return nil }
      if chiSquare > freedom { low = middle } else { high = middle }
    }
    return fit(high).map { ($0, high) }
  }

  /// The covariance of b where rows of equal `cells` are not independent: the sandwich
  /// (X'WX)^-1 (sum over cells of g g') (X'WX)^-1, g = X'W r of a cell, times G/(G-1) (n-1)/(n-p).
  ///
  /// `cells`: n. Cameron and Miller, *J. Hum. Resour.* 50 (2015) 317.
  package func clusterCovariance<Cell: Hashable>(_ cells: [Cell]) -> [[Double]] {
    let size = coefficients.count
    var places: [Cell: Int] = [:]
    // In order of first appearance: the same sum every time.
    var scores: [[Double]] = []
    for index in rows.indices {
      let residual = values[index] - zip(rows[index], coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      let score = rows[index].map { $0 * weights[index] * residual }
      let place = places[cells[index]] ?? scores.count
      if place == scores.count {
        places[cells[index]] = place
        scores.append(Array(repeating: 0, count: size))
      }
      scores[place] = zip(scores[place], score).map { $0 + $1 }
    }
    let (groups, count) = (Double(scores.count), Double(rows.count))
    let factor = groups / (groups - 1) * (count - 1) / (count - Double(size))
    let influence = scores.map { score in
      covariance.map { row in zip(row, score).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return (0..<size).map { i in (0..<size).map { j in factor * influence.reduce(0) { $0 + $1[i] * $1[j] } } }
  }

  /// Gauss and Jordan with pivots; nil of a singular matrix.
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
