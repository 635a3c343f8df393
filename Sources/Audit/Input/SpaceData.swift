// SPDX-License-Identifier: MIT
public import Kernels
public import Neighbors
internal import Pictures

/// The datasets that are compared in one space: pixels, points, or the embeddings of a network.
public struct SpaceData: Sendable {
  /// `pixels`, `points`, `embeddings`.
  public let name: String
  /// The distance in this space: `.euclidean` or `.cosine`.
  public let metric: NeighborMetric
  /// T, what the model was trained on, and G, what it generated.
  public let train, generated: AuditDataset
  /// H, of the source of T and not seen by the model; nil where there is none.
  public let holdout: AuditDataset?

  /// Data that were read already. Nothing is checked here: `Audit.run` does, by way of `DatasetCompatibility` and
  /// `AuditSpace`.
  public init(
    name: String, metric: NeighborMetric = .euclidean, train: AuditDataset, generated: AuditDataset,
    holdout: AuditDataset? = nil
  ) {
    (self.name, self.metric, self.train, self.generated, self.holdout) = (name, metric, train, generated, holdout)
  }

  /// Points in memory, shapes (N, d), (n, d) and (h, d). Throws `AuditError` for nan, infinities, and no columns.
  public init(train: Matrix, generated: Matrix, holdout: Matrix? = nil) throws(AuditError) {
    var unseen: AuditDataset?
    if let holdout { unseen = try AuditDataset(matrix: holdout, role: .holdout, path: "held-out data") }
    self.init(
      name: "points", train: try AuditDataset(matrix: train, role: .train, path: "training data"),
      generated: try AuditDataset(matrix: generated, role: .generated, path: "samples"), holdout: unseen)
  }

  /// Training, generated and, if there are any, held-out data, in this order.
  public var datasets: [AuditDataset] { [train, generated] + (holdout.map { [$0] } ?? []) }

  /// What the searches see.
  public var space: AuditSpace {
    get throws(AuditError) {
      try AuditSpace(
        name: name, train: train.points, generated: generated.points, holdout: holdout?.points, metric: metric,
        unit: unit, picture: picture, doubles: doubles)
    }
  }

  var unit: Double { train.pictures == nil ? 1 : 255 }

  var picture: AuditSpace.PictureDimensions? {
    train.pictures.map { .init(height: $0.height, width: $0.width, channels: $0.channels) }
  }

  /// If every dataset has them.
  private var doubles: AuditSpace.Doubles? {
    guard let trained = train.doubles, let made = generated.doubles, holdout == nil || holdout?.doubles != nil else {
      return nil
    }
    return AuditSpace.Doubles(train: trained, generated: made, holdout: holdout?.doubles)
  }
}
