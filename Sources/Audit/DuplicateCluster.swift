// SPDX-License-Identifier: MIT
internal import Neighbors

/// Training points linked by distances below the duplicate distance.
public struct DuplicateCluster: Sendable, Codable, Hashable {
  /// Rows of T, ascending.
  public let members: [Int]
  /// The smallest distance between two of them that was measured: 0 for exact copies.
  public let smallestDistance: Double

  /// Single linkage over the points whose neighbours are known, and the neighbours found; largest clusters first.
  static func clusters(_ neighbors: SpaceNeighbors, within distance: Double) -> [DuplicateCluster] {
    var parents: [Int: Int] = [:]
    var smallest: [Int: Double] = [:]
    func root(_ item: Int) -> Int {
      var item = item
      while let parent = parents[item], parent != item { item = parent }
      return item
    }
    for position in neighbors.trainRows.indices {
      let point = neighbors.trainRows[position]
      for (other, apart) in neighbors.train.neighbors(position).prefix(while: { $0.distance <= distance }) {
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
