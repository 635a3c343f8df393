// SPDX-License-Identifier: MIT
internal import Neighbors

/// Training points that are copies or near-copies of each other.
public struct DuplicateCluster: Sendable, Codable, Hashable {
  /// Rows of T, ascending.
  public let members: [Int]
  /// The smallest distance between two of them that was measured: 0 for exact copies.
  public let smallestDistance: Double

  /// Single linkage over the points whose neighbours are known: each with those on the near side of its gap (`CopyGap`).
  /// Largest clusters first.
  static func clusters(_ neighbors: SpaceNeighbors, _ settings: AuditSettings) -> [DuplicateCluster] {
    var parents: [Int: Int] = [:]
    var smallest: [Int: Double] = [:]
    func root(_ item: Int) -> Int {
      var item = item
      while let parent = parents[item], parent != item { item = parent }
      return item
    }
    for position in neighbors.trainRows.indices {
      let point = neighbors.trainRows[position]
      let row = neighbors.train.neighbors(position)
      let gap = CopyGap(row.map(\.distance), most: settings.mostCopies)
      for (other, apart) in row.prefix(gap.ratio < settings.criterion ? gap.copies : 0) {
        let (a, b) = (root(point), root(other))
        let (low, high) = (min(a, b), max(a, b))
        parents[point] = parents[point] ?? point
        parents[other] = parents[other] ?? other
        parents[high] = low
        parents[low] = low
        smallest[point] = min(smallest[point] ?? .infinity, apart)
        smallest[other] = min(smallest[other] ?? .infinity, apart)
      }
    }
    let groups = Dictionary(grouping: parents.keys, by: root)
    return groups.values.map { members in
      DuplicateCluster(
        members: members.sorted(), smallestDistance: members.compactMap { smallest[$0] }.min() ?? 0)
    }.sorted { ($1.members.count, $0.members[0]) < ($0.members.count, $1.members[0]) }
  }
}
