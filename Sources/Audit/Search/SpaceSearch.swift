// SPDX-License-Identifier: MIT
public import Kernels
public import Neighbors

/// One search of an audit: who looks for neighbours among whom.
public enum NeighborPass: String, Sendable, Codable, CaseIterable, CustomStringConvertible {
  /// Samples and held-out points among the training points; training points among the other training points.
  case generated, holdout, train
  /// Samples among a random part of T that is as large as H.
  case equalTrain = "equal-train"
  /// Samples among the held-out points.
  case toHoldout = "to-holdout"
  /// Samples of pictures among the training pictures, by the tiled distance.
  case generatedTiled = "generated-tiled"
  /// Held-out pictures among the training pictures, by the tiled distance.
  case holdoutTiled = "holdout-tiled"

  /// Who is sought among whom, in words: `generated to training`.
  public var description: String {
    switch self {
    case .generated: "generated to training"
    case .holdout: "held-out to training"
    case .train: "training to training"
    case .equalTrain: "generated to a part of training"
    case .toHoldout: "generated to held-out"
    case .generatedTiled: "generated to training, tiled"
    case .holdoutTiled: "held-out to training, tiled"
    }
  }
}

/// Runs the searches of one space, block by block, keeping each as it comes.
public struct SpaceSearch {
  /// The points that are compared.
  public let space: AuditSpace
  /// k, the background, the tiles and the seed are of use here.
  public let settings: AuditSettings
  /// Bytes for the points of a search; the results do not depend on it.
  public let memory: Int
  /// Threads of the searches; the results do not depend on it.
  public let workers: Workers
  /// Where finished blocks are kept and found again.
  public let store: any NeighborStore
  /// Called between the blocks of each search.
  public let progress: (NeighborPass, NeighborProgress) -> Void
  /// Asked between the blocks of a search; true ends it with a `CancellationError`.
  public let shouldStop: () -> Bool
  /// Where points go that do not fit into the memory; nil keeps them there all the same.
  public let scratch: String?

  /// By default 1 GiB, one thread, nothing kept, nobody told.
  public init(
    space: AuditSpace, settings: AuditSettings, memory: Int = 1 << 30, workers: Workers = .serial,
    store: any NeighborStore = NoNeighborStore(), scratch: String? = nil,
    progress: @escaping (NeighborPass, NeighborProgress) -> Void = { _, _ in },
    shouldStop: @escaping () -> Bool = { false }
  ) {
    (self.space, self.settings, self.memory, self.workers, self.store) = (space, settings, memory, workers, store)
    (self.progress, self.shouldStop, self.scratch) = (progress, shouldStop, scratch)
  }

  /// Throws `CancellationError` when stopped, and what searches and store throw.
  public func run() throws -> SpaceNeighbors {
    let (train, k) = (space.train, settings.neighbors)
    let key = RandomKey(seed: settings.seed).child("audit")
    let generated = exact(try search(.generated, space.generated, in: train, k), \.generated)
    let holdout = try space.holdout.map { exact(try search(.holdout, $0, in: train, k), \.holdout) }
    let sampled = Set(key.child("background").permutation(train.count).prefix(settings.background))
    // Authenticity asks how far every x^(1) is from the rest of the training set.
    let matched = [generated, holdout].compactMap { $0 }.flatMap { table in
      table.rows.map { table.neighbors($0)[0].index }
    }
    let rows = sampled.union(matched).sorted()
    let others = exact(
      try search(.train, gathered(train, rows), in: train, k, excluding: rows), \.train, rows: rows)
    let equal = try space.holdout.map { holdout in
      let size = min(holdout.count, train.count)
      let part = key.child("equal-train").permutation(train.count).prefix(size).sorted()
      let heldOut = key.child("equal-holdout").permutation(holdout.count).prefix(size).sorted()
      return (
        try search(.equalTrain, space.generated, in: gathered(train, part), 1),
        try search(.toHoldout, space.generated, in: gathered(holdout, heldOut), 1)
      )
    }
    let tiled = tiledMetric
    return SpaceNeighbors(
      generated: generated.inUnits(of: space), holdout: holdout?.inUnits(of: space), trainRows: rows,
      train: others.inUnits(of: space), background: rows.indices.filter { sampled.contains(rows[$0]) },
      toEqualTrain: equal?.0.inUnits(of: space), toHoldout: equal?.1.inUnits(of: space),
      generatedTiled: try tiled.map { try search(.generatedTiled, space.generated, in: train, k, metric: $0) }?.inUnits(
        of: space),
      holdoutTiled: try tiled.flatMap { metric in
        try space.holdout.map { try search(.holdoutTiled, $0, in: train, k, metric: metric) }
      }?.inUnits(of: space))
  }

  private func gathered(_ points: PointSet, _ rows: [Int]) throws -> PointSet {
    try points.gathering(rows, memory: memory / 8, folder: scratch)
  }

  /// Measured again in double precision, where the points are known so. `rows`: those of T that are the queries.
  private func exact(
    _ table: NeighborTable, _ side: (AuditSpace.Doubles) -> DoublePoints?, rows: [Int]? = nil
  ) -> NeighborTable {
    guard let doubles = space.doubles, let points = side(doubles) else { return table }
    return DoublePrecisionNeighbors(train: doubles.train, queries: points, rows: rows)
      .remeasured(table, excluding: rows, workers: workers)
  }

  private var tiledMetric: NeighborMetric? {
    guard let picture = space.picture, picture.height >= 2, picture.width >= 2 else { return nil }
    return .tiled(
      height: picture.height, width: picture.width, channels: picture.channels,
      tileRows: min(settings.tiles, picture.height), tileColumns: min(settings.tiles, picture.width))
  }

  private func search(
    _ pass: NeighborPass, _ queries: PointSet, in reference: PointSet, _ k: Int, metric: NeighborMetric? = nil,
    excluding: [Int]? = nil
  ) throws -> NeighborTable {
    let columns = min(k, reference.count - (excluding == nil ? 0 : 1))
    // What is damaged is searched again.
    let known = try store.blocks(pass, space: space.name).filter {
      $0.rows.upperBound <= queries.count && $0.count == columns && $0.isSound(among: reference.count)
    }
    var blocks: [NeighborTable] = []
    for block in known.sorted(by: { $0.rows.lowerBound < $1.rows.lowerBound })
    where block.rows.lowerBound >= blocks.last?.rows.upperBound ?? 0 {
      blocks.append(block)
    }
    let search = try NeighborSearch(
      reference: reference, metric: metric ?? space.metric, count: k, memory: memory, workers: workers)
    let finished = try search.run(
      queries, excluding: excluding, finished: blocks.map(\.rows), progress: { progress(pass, $0) },
      isCancelled: shouldStop
    ) { block in
      try store.keep(block, pass, space: space.name)
      blocks.append(block)
    }
    guard finished else { throw CancellationError() }
    blocks.sort { $0.rows.lowerBound < $1.rows.lowerBound }
    return NeighborTable(
      rows: 0..<queries.count, count: blocks[0].count, indices: blocks.flatMap(\.indices),
      distances: blocks.flatMap(\.distances))
  }
}
