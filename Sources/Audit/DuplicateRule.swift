// SPDX-License-Identifier: MIT
internal import Memorization
public import Neighbors

/// When two training points are copies of each other.
///
/// A sample that recites a duplicated training point has d1 ~ d2 and passes the test d1 < d2 / 3 by mistake. So the second
/// distance is taken to the nearest point *outside the duplicates of x^(1)*: those within `distance` of it.
public struct DuplicateRule: Sendable {
  public let distance: Double
  private let space: AuditSpace

  /// The given distance, or the criterion times the median distance of training points to their nearest other one.
  init(_ space: AuditSpace, _ neighbors: SpaceNeighbors, _ settings: AuditSettings) {
    self.space = space
    let nearest = neighbors.background.map { neighbors.train.neighbors($0)[0].distance }
    distance = settings.duplicateDistance ?? settings.criterion * Quantiles(of: nearest).p50
  }

  /// The second distance of a row: to its nearest neighbour that is no duplicate of its nearest.
  ///
  /// Where all k are duplicates the k-th distance stands for it: it is a lower bound. A neighbour farther than d1 +
  /// `distance` cannot be one (triangle inequality), so mostly no distance is computed at all.
  func secondDistance(_ row: [(index: Int, distance: Double)]) -> Double {
    let first = row[0]
    for next in row.dropFirst() where !areDuplicates(first, next) { return next.distance }
    return row[row.count - 1].distance
  }

  private func areDuplicates(_ a: (index: Int, distance: Double), _ b: (index: Int, distance: Double)) -> Bool {
    if b.distance > a.distance + distance { return false }
    return space.trainDistance(a.index, b.index) <= distance
  }
}

extension AuditSpace {
  /// Of two training points, in units.
  func trainDistance(_ first: Int, _ second: Int) -> Double {
    let distance = train.distance(first, second, metric: metric)
    return metric == .cosine ? (2 * max(0, distance)).squareRoot() : distance / unit
  }
}
