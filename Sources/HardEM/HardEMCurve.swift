// SPDX-License-Identifier: MIT
public import Kernels
public import Memorization

/// The predicted curve of one data set.
public struct HardEMCurve: Sendable, Hashable {
  /// Ascending in M.
  public let points: [HardEMPoint]
  /// Start, half and end in units of M/N; intervals cover the noise of the drawn samples alone (`TransitionFit`).
  public let transition: Transition

  /// The points as a measured curve has them.
  public var curve: [CurvePoint] { points.map(\.curvePoint) }

  /// Fits start, half and end to points of N = `samples` training samples; the key is the bootstrap's.
  public init(points: [HardEMPoint], samples: Int, key: RandomKey) {
    self.points = points
    transition = TransitionFit().fit(points.map(\.curvePoint), samples: samples, key: key)
  }
}
