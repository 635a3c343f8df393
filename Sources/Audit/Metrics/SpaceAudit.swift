// SPDX-License-Identifier: MIT
public import Kernels
internal import Neighbors
internal import Statistics

/// All that was measured in one space.
public struct SpaceAudit: Sendable {
  /// Of the space: `pixels`, `embeddings`, ..
  public let name: String
  /// Those of the space: the confidence is that of its intervals.
  public let settings: AuditSettings
  /// In the order of the report: the deciding one first.
  public let metrics: [AuditMetric]
  /// One for each row of G, in its order.
  public let samples: [AuditSample]
  /// Held-out points classified as if they were generated.
  public let holdout: [AuditSample]?
  /// Sampled training points against the others: x^(1), x^(2), d1, d2 as of a sample.
  public let background: [AuditSample]
  /// Copies and near-copies within the training set, largest clusters first.
  public let duplicates: [DuplicateCluster]
  /// Training points that samples recited, most often first.
  public let recited: [RecitedItem]
  /// What decides: the excess of the duplicate-aware ratio over its null.
  public let verdictMetric: AuditMetric

  /// Computes every metric from the neighbours; nothing is searched here. Cost: seconds for 10,000 samples.
  public init(_ space: AuditSpace, _ neighbors: SpaceNeighbors, settings: AuditSettings, workers: Workers = .serial) {
    let classifier = SampleClassifier(space, settings, neighbors)
    (name, self.settings) = (space.name, settings)
    samples = classifier.samples(neighbors.generated, tiled: neighbors.generatedTiled, workers: workers)
    holdout = neighbors.holdout.map { classifier.samples($0, tiled: neighbors.holdoutTiled, workers: workers) }
    let own = classifier.samples(neighbors.train, tiled: nil, workers: workers)
    background = neighbors.background.map { own[$0] }
    duplicates = DuplicateCluster.clusters(neighbors, settings)
    recited = RecitedItem.items(samples)
    let measures = SpaceMetrics(
      space: space, neighbors: neighbors, settings: settings, samples: samples, holdout: holdout,
      background: background)
    verdictMetric = measures.duplicateAwareRatio
    metrics = measures.all
  }

  /// Whether far more held-out points than training points pass the test: held-out data that hold training data.
  ///
  /// A training point against the others is a fresh point of the source, duplicates in T included; held-out data can only
  /// exceed that by containing what is in T. They would be a null that clears any model.
  public var holdoutIsSuspect: Bool {
    guard let holdout else { return false }
    let (k, k0) = (holdout.count(where: \.isCopy), background.count(where: \.isCopy))
    let excess = Double(k) / Double(holdout.count) - Double(k0) / Double(background.count)
    return excess > settings.maxRatio / 2
      && ProportionTest.fisher(k, of: holdout.count, against: k0, of: background.count) < 1e-3
  }
}
