// SPDX-License-Identifier: MIT

/// Clipping by global norm: a gradient of norm n >= limit is multiplied by limit / n, any other left alone.
public struct GradientClipping: Sendable {
  public let limit: Double

  public init(limit: Double) { self.limit = limit }

  /// The factor for a gradient with the given squared norm.
  public func scale(squaredNorm: Double) -> Double {
    let norm = squaredNorm.squareRoot()
    return norm >= limit ? limit / norm : 1
  }
}
