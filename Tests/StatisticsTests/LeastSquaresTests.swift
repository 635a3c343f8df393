// SPDX-License-Identifier: MIT
import Kernels
import Statistics
import Testing

@Suite struct LeastSquaresTests {
  /// Of one covariate beside the intercept, in sums: what any textbook has.
  @Test func `a weighted line has the closed form`() throws {
    let key = RandomKey(seed: 12)
    let (x, y) = (key.child("x").normals(20), key.child("y").normals(20))
    let w = key.child("w").uniforms(20).map { 0.5 + $0 }
    let fit = try #require(LeastSquares(x.map { [1, $0] }, y, weights: w))
    func sum(_ terms: (Int) -> Double) -> Double { x.indices.map { w[$0] * terms($0) }.reduce(0, +) }
    let (s, sx, sy) = (sum { _ in 1 }, sum { x[$0] }, sum { y[$0] })
    let sxx = sum { (x[$0] - sx / s) * (x[$0] - sx / s) }
    let slope = sum { (x[$0] - sx / s) * y[$0] } / sxx
    #expect(abs(fit.coefficients[1] - slope) < 1e-13)
    #expect(abs(fit.coefficients[0] - (sy - slope * sx) / s) < 1e-13)
    #expect(abs(fit.covariance[1][1] - 1 / sxx) < 1e-14)
    let chi = sum { index in
      let residual = y[index] - fit.coefficients[0] - slope * x[index]
      return residual * residual
    }
    #expect(abs(fit.chiSquare - chi) < 1e-13)
  }

  /// Of the intercept alone: g is the sum of the residuals of a cell.
  @Test func `errors of cells add up before they are squared`() throws {
    let (y, cells) = ([1.0, 1, 3, 3, 7, 9], [0, 0, 1, 1, 2, 2])
    let fit = try #require(LeastSquares(y.map { _ in [1] }, y, weights: y.map { _ in 1 }))
    #expect(fit.coefficients == [4])
    // Sums -6, -2, 8: squares 104 over 36, times 3/2 and 5/5.
    #expect(abs(fit.clusterCovariance(cells)[0][0] - 104.0 / 36 * 1.5) < 1e-13)
    // Each row its own cell: 9 + 9 + 1 + 1 + 9 + 25 = 54 over 36, times 6/5 and 5/5.
    #expect(abs(fit.clusterCovariance(Array(0..<6))[0][0] - 54.0 / 36 * 1.2) < 1e-13)
  }

  @Test func `a common variance brings chi-squared to its degrees of freedom`() throws {
    let y = [1.0, 4, 2, 8, 5, 7]
    let balanced = try #require(LeastSquares.balanced(y.map { _ in [1] }, y, variances: y.map { _ in 0.5 }))
    // The sample variance of y is 7.5: 0.5 is known, 7 are between.
    #expect(abs(balanced.between - 7) < 1e-9)
    let quiet = try #require(LeastSquares.balanced(y.map { _ in [1] }, y, variances: y.map { _ in 100 }))
    #expect(quiet.between == 0)
  }

  @Test func `collinear columns have no fit`() {
    #expect(LeastSquares([[1, 2], [2, 4], [3, 6]], [1, 2, 3], weights: [1, 1, 1]) == nil)
  }
}
