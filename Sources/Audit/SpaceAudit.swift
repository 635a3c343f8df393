// SPDX-License-Identifier: MIT
public import Kernels
internal import Memorization
public import Neighbors

/// All that was measured in one space.
public struct SpaceAudit: Sendable {
  public let space: String
  public let settings: AuditSettings
  public let metrics: [AuditMetric]
  public let samples: [AuditSample]
  /// Held-out points judged as if they were generated.
  public let holdout: [AuditSample]?
  /// Sampled training points against the others: x^(1), x^(2), d1, d2 as of a sample.
  public let background: [AuditSample]
  /// The distance within which training points are duplicates.
  public let duplicateDistance: Double
  public let duplicates: [DuplicateCluster]
  /// Training points that samples recited, most often first.
  public let recited: [RecitedItem]
  /// What decides: the excess of the duplicate-aware ratio over its null.
  public let verdictMetric: AuditMetric

  /// Computes every metric from the neighbours; nothing is searched here. Cost: seconds for 10,000 samples.
  public init(_ space: AuditSpace, _ neighbors: SpaceNeighbors, settings: AuditSettings, workers: Workers = .serial) {
    let judge = AuditSamples(space, settings, neighbors)
    (self.space, self.settings) = (space.name, settings)
    samples = judge.samples(neighbors.generated, tiled: neighbors.generatedTiled, workers: workers)
    holdout = neighbors.holdout.map { judge.samples($0, tiled: neighbors.holdoutTiled, workers: workers) }
    let own = judge.samples(neighbors.train, tiled: nil, workers: workers)
    background = neighbors.background.map { own[$0] }
    duplicateDistance = judge.rule.distance
    duplicates = DuplicateCluster.clusters(neighbors, within: judge.rule.distance)
    recited = RecitedItem.items(samples)
    let measures = SpaceMetrics(
      space: space, neighbors: neighbors, settings: settings, samples: samples, holdout: holdout,
      background: background)
    verdictMetric = measures.duplicateAwareRatio
    metrics = measures.all
  }
}
