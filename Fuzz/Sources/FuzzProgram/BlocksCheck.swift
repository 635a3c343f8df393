// SPDX-License-Identifier: MIT
import Audit
import Neighbors

/// A block of neighbours of the right key: it is left out, refused, or used without a trap.
struct BlocksCheck {
  private static let key = "00"
  private static let pass = NeighborPass.generated
  let folder: FuzzFolder

  func run(_ bytes: [UInt8]) {
    let (store, space) = (NeighborFileStore(folder: "\(folder.path)/neighbors", key: Self.key), "points")
    folder.put(bytes, "neighbors/\(space)-\(Self.pass.rawValue)-0-4.neighbors")
    let read = Finding.read(bytes, { try store.blocks(Self.pass, space: space) }, same: ==)
    if let block = read?.first {
      do {
        try store.keep(block, .train, space: space)
        let again = try store.blocks(.train, space: space)
        Finding.require(again.contains { Self.bits($0) == Self.bits(block) }, "a block written again differs")
      } catch { Finding.requireLine(error) }
      for name in ["\(block.rows.lowerBound)-\(block.rows.upperBound)"] {
        folder.remove("neighbors/\(space)-\(NeighborPass.train.rawValue)-\(name).neighbors")
      }
    }
    search(space, store)
  }

  private static func bits(_ block: NeighborTable) -> [UInt64] {
    [UInt64(block.rows.lowerBound), UInt64(block.rows.upperBound)]
      + block.indices.map { UInt64(UInt32(bitPattern: $0)) }
      + block.distances.map(\.bitPattern)
  }

  /// Eight training points, four generated ones: what is kept of the searches goes where the fuzzer's bytes are.
  private func search(_ space: String, _ store: NeighborFileStore) {
    let train = PointSet(floats: (0..<16).map { Float($0 * $0 % 17) }, dimension: 2)
    let generated = PointSet(floats: (0..<8).map { Float($0 * 5 % 7) }, dimension: 2)
    do {
      let settings = try AuditSettings(neighbors: 3)
      let neighbors = try SpaceSearch(
        space: AuditSpace(name: space, train: train, generated: generated), settings: settings, store: store
      ).run()
      let all = (neighbors.generated.indices + neighbors.train.indices).allSatisfy { (0..<8).contains($0) }
      Finding.require(all, "an index out of range")
    } catch { Finding.requireLine(error) }
    folder.remove("neighbors/\(space)-train-0-8.neighbors")
  }
}
