// SPDX-License-Identifier: MIT
public import Neighbors

/// Everything the metrics need of one space: who is near whom. Distances are in the space's units.
public struct SpaceNeighbors: Sendable {
  /// k nearest training points of every generated sample, shape (n, k).
  public let generated: NeighborTable
  /// The same of held-out points.
  public let holdout: NeighborTable?
  /// Training points whose neighbours among the other training points are known: a sample of T and every x^(1), sorted.
  public let trainRows: [Int]
  /// k nearest other training points of each of `trainRows`.
  public let train: NeighborTable
  /// Positions in `trainRows` that are a random sample of T: the background.
  public let background: [Int]
  /// Nearest of a random part of T as large as H, and nearest of H, of every generated sample.
  public let toEqualTrain, toHoldout: NeighborTable?
  /// k nearest by the tiled distance, of pictures.
  public let generatedTiled, holdoutTiled: NeighborTable?
}

extension NeighborTable {
  /// Distances divided by the unit; of the cosine chords of the unit sphere, sqrt(2 (1 - cos)), so that ratios of
  /// distances mean in every space what they mean in pixels.
  func inUnits(of space: AuditSpace) -> NeighborTable {
    let convert: (Double) -> Double =
      space.metric == .cosine ? { (2 * max(0, $0)).squareRoot() } : { $0 / space.unit }
    return NeighborTable(rows: rows, count: count, indices: indices, distances: distances.map(convert))
  }

  /// d1 of every row.
  var nearest: [Double] { rows.map { distances[($0 - rows.lowerBound) * count] } }
}
