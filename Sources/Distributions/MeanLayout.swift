// SPDX-License-Identifier: MIT
internal import Foundation
public import Kernels

/// Where the means of a mixture come from. Row i depends on the key and i alone.
public enum MeanLayout {
  /// Uniform on the sphere of the given radius, shape (count, dimension); nil is sqrt(d), appendix H.
  ///
  /// A normal vector scaled to the radius (Muller 1959).
  public static func sphere(count: Int, dimension: Int, radius: Double? = nil, key: RandomKey) -> Matrix {
    let radius = radius ?? Double(dimension).squareRoot()
    precondition(dimension > 0 && radius >= 0, "sphere of radius \(radius) in dimension \(dimension)")
    var means = key.normalRows(count, dimension)
    for row in 0..<count {
      let norm = means.vector(row).squares.squareRoot()
      // A vector of zeros has no direction; it is as likely as one 53-bit uniform per coordinate being 1.
      if norm == 0 { means[row, 0] = 1 }
      means.assign(radius * (means.vector(row) / (norm == 0 ? 1 : norm)), toRow: row)
    }
    return means
  }

  /// N(0, scale^2 I), shape (count, dimension).
  public static func gaussian(count: Int, dimension: Int, scale: Double = 1, key: RandomKey) -> Matrix {
    Matrix(scale * key.normalRows(count, dimension))
  }
}
