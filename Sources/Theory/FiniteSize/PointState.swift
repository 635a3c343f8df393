// SPDX-License-Identifier: MIT
internal import Foundation
internal import Statistics

/// A noised point y = x_t / alpha at distance b from the mean of its cluster, in units of the cluster's std.
///
/// Given y, the clean point x has mean b g / (1 + g) along y - mu and variance 1 / (1 + g) per coordinate, g = psi_t s.
struct PointState: Sendable {
  /// b.
  let distance: Double
  /// E of the component of x - mu along y - mu, and of |x - mu|^2.
  let cleanAxis, cleanSquare: Double
  /// The law of |y - m|^2 for a point m of the cluster.
  let squaredDistance: NoncentralChiSquared
  /// Its standard deviation.
  let deviation: Double
  /// Where all but 1e-15 of that law lies.
  let range: ClosedRange<Double>

  init(dimension: Double, squaredDistance: Double, signal: Double) {
    distance = squaredDistance.squareRoot()
    cleanAxis = distance * signal / (1 + signal)
    cleanSquare = cleanAxis * cleanAxis + dimension / (1 + signal)
    self.squaredDistance = NoncentralChiSquared(degrees: dimension, noncentrality: squaredDistance)
    deviation = (2 * dimension + 4 * squaredDistance).squareRoot()
    range = 0...(dimension + squaredDistance + 9 * deviation + 70)
  }

  /// (p, p h, p q, 0) at omega = |y - m|^2: density, and the means given omega of h, the component of m - mu along
  /// y - mu, and of q = |m - mu|^2.
  ///
  /// With f' the density of d + 2 degrees of freedom: p h = b (f - f'), p q = (b^2 + omega) f - 2 b^2 f'.
  func law(at omega: Double) -> SIMD4<Double> {
    let (f, g) = squaredDistance.densities(at: omega)
    let square = distance * distance
    return SIMD4(f, distance * (f - g), (square + omega) * f - 2 * square * g, 0)
  }
}
