// SPDX-License-Identifier: MIT
import Audit
import Kernels
import Neighbors
import Pictures

/// Audits of points for tests.
enum AuditFixture {
  static let workers = Workers(threads: 2)

  static func audit(
    train: PointSet, generated: PointSet, holdout: PointSet? = nil, metric: NeighborMetric = .euclidean,
    unit: Double = 1, picture: AuditSpace.PictureDimensions? = nil, memory: Int = 1 << 28,
    workers: Workers = workers, store: any NeighborStore = NoNeighborStore(),
    neighbors: Int = 50
  ) throws -> SpaceAudit {
    let settings = try AuditSettings(neighbors: neighbors, background: 2000)
    let space = try AuditSpace(
      name: "test", train: train, generated: generated, holdout: holdout, metric: metric, unit: unit, picture: picture)
    let neighbors = try SpaceSearch(space: space, settings: settings, memory: memory, workers: workers, store: store)
      .run()
    return SpaceAudit(space, neighbors, settings: settings, workers: workers)
  }

  /// n points of a Gaussian in d dimensions.
  static func gaussian(_ count: Int, _ dimension: Int, seed: UInt64, _ label: String) -> PointSet {
    let values = RandomKey(seed: seed).child(label).normals(count * dimension)
    return PointSet(floats: values.map { Float($0) }, dimension: dimension)
  }
}

extension SpaceAudit {
  func metric(_ name: String) -> AuditMetric? { metrics.first { $0.name == name } }
}

/// FashionMNIST: 60,000 training pictures, and test pictures split into samples and held-out ones.
enum FashionData {
  static let picture = AuditSpace.PictureDimensions(height: 28, width: 28, channels: 1)
  static let train = try? FashionMNIST.read()
  static let test = try? FashionMNIST.read(.test)

  static func rows(_ set: PictureSet, _ range: Range<Int>) -> [[UInt8]] {
    range.map { Array(set.pixels[$0 * 784..<($0 + 1) * 784]) }
  }

  static func points(_ rows: [[UInt8]]) -> PointSet { PointSet(bytes: rows.flatMap { $0 }, dimension: 784) }
}
