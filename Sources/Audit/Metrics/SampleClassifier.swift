// SPDX-License-Identifier: MIT
internal import Kernels
internal import Neighbors

/// Says of every row of a table of neighbours whether it is a copy: generated samples, or held-out points for the nulls.
struct SampleClassifier {
  let space: AuditSpace
  let settings: AuditSettings
  /// Distance of a training point to its nearest other one, where it is known.
  let trainNearest: [Int: Double]

  init(_ space: AuditSpace, _ settings: AuditSettings, _ neighbors: SpaceNeighbors) {
    (self.space, self.settings) = (space, settings)
    let rows = neighbors.trainRows
    trainNearest = Dictionary(
      uniqueKeysWithValues: rows.indices.map { (rows[$0], neighbors.train.neighbors($0)[0].distance) })
  }

  func samples(_ table: NeighborTable, tiled: NeighborTable?, workers: Workers) -> [AuditSample] {
    workers.map((table.rows.count + 255) / 256) { block in
      (block * 256..<min(block * 256 + 256, table.rows.count)).map { sample($0, table, tiled) }
    }.flatMap { $0 }
  }

  private func sample(_ index: Int, _ table: NeighborTable, _ tiled: NeighborTable?) -> AuditSample {
    let row = table.neighbors(index)
    let (d1, d2, gap) = (row[0].distance, row[1].distance, CopyGap(row.map(\.distance), most: settings.mostCopies))
    let mean = row.reduce(0) { $0 + $1.distance } / Double(row.count)
    let tiles = tiled?.neighbors(index)
    return AuditSample(
      index: index, nearest: row[0].index, second: row[1].index, d1: d1, d2: d2, gap: gap,
      isMemorized: d1 < settings.criterion * d2, isCopy: gap.ratio < settings.criterion,
      carlini: mean > 0 ? d1 / (settings.carliniAlpha * mean) : 0, tiledNearest: tiles?[0].index,
      tiled: tiles?[0].distance, eidetic: eidetic(row, tiles),
      isAuthentic: trainNearest[row[0].index].map { $0 < d1 } ?? true)
  }

  private func eidetic(
    _ row: [(index: Int, distance: Double)], _ tiles: [(index: Int, distance: Double)]?
  ) -> Int? {
    if let tiles { return tiles.count { $0.distance <= settings.tileThreshold } }
    guard space.metric == .cosine else { return nil }
    // A chord c is 1 - cos = c^2 / 2.
    return row.count { $0.distance * $0.distance / 2 <= settings.cosineThreshold }
  }
}
