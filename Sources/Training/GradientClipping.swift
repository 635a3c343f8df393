// SPDX-License-Identifier: MIT

/// Clipping by global norm: a gradient of norm n >= limit is multiplied by limit / n, any other left alone.
public struct GradientClipping: Sendable {
  /// The largest norm that is left.
  public let limit: Double

  /// `limit` above 0.
  public init(limit: Double) { self.limit = limit }

  /// The factor for a gradient with the given squared norm.
  public func scale(squaredNorm: Double) -> Double {
    let norm = squaredNorm.squareRoot()
    return norm >= limit ? limit / norm : 1
  }
}
