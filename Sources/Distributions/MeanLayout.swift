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
    // Two matrices: a formula that holds a row of the one it is written to would copy all of it, row after row.
    let normals = key.normalRows(count, dimension)
    var means = normals
    for row in 0..<count {
      let direction = normals.vector(row)
      let norm = direction.squares.squareRoot()
      // A vector of zeros has no direction; it is as likely as one 53-bit uniform per coordinate being 1.
      if norm == 0 { means[row, 0] = radius } else { means.assign(radius * (direction / norm), toRow: row) }
    }
    return means
  }

  /// N(0, scale^2 I), shape (count, dimension).
  public static func gaussian(count: Int, dimension: Int, scale: Double = 1, key: RandomKey) -> Matrix {
    Matrix(scale * key.normalRows(count, dimension))
  }
}
