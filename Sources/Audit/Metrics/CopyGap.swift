// SPDX-License-Identifier: MIT

/// How far a point's nearest neighbours stand out from the rest: the test for copies of points that may occur several times.
///
/// A copy of x that occurs j times in T has j neighbours at about the same small distance, and then a gap. With the distances
/// d_1 <= d_2 <= .. to T,
///
///     ratio = min over j = 1..J of d_j / d_{j+1},   0 for an exact copy
///
/// is below the criterion c if there is such a gap, J = 20 (`AuditSettings.mostCopies`); j = 1 alone is the field's test. No
/// distance is set and none is global: near-copies count as one point where they are near each other *for this sample*. For
/// fresh data of smooth density in m dimensions d_j / d_{j+1} is below c with probability c^{jm} (the ratio to the m-th power
/// is Beta(j, 1)), so that the null is at most the sum over j, c^m / (1 - c^m): hardly more than that of j = 1.
public struct CopyGap: Sendable, Hashable {
  /// j: the training points on the near side.
  public let copies: Int
  /// The smallest quotient d_j / d_{j+1}, from 0 (an exact copy) to 1; below the criterion the point is a copy.
  public let ratio: Double
  /// d_{j+1}: the nearest distance beyond the gap.
  public let next: Double

  /// `distances` ascending, at least two.
  public init(_ distances: [Double], most: Int) {
    let exact = distances.prefix { $0 == 0 }.count
    guard exact == 0 else {
      (copies, ratio, next) = (exact, 0, exact < distances.count ? distances[exact] : 0)
      return
    }
    var best = (copies: 1, ratio: distances[0] / distances[1])
    for j in 1..<max(2, min(most + 1, distances.count)) where distances[j - 1] / distances[j] < best.ratio {
      best = (j, distances[j - 1] / distances[j])
    }
    (copies, ratio, next) = (best.copies, best.ratio, distances[best.copies])
  }
}
