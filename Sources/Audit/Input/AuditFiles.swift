// SPDX-License-Identifier: MIT
public import Neighbors
public import Pictures

/// The files of one audit: datasets of one form, pictures or points, and embeddings of them if a network made some.
public struct AuditFiles: Sendable, Equatable {
  public var train, generated: String
  public var holdout: String?
  /// A second space: npy arrays (N, d) in the order of the datasets.
  public var embeddings: Embeddings?
  /// What files do not say by themselves; `labels` are those of the training set. nil of `generatedPictures`: the same.
  public var pictures: PictureOptions
  public var generatedPictures: PictureOptions?

  public struct Embeddings: Sendable, Equatable {
    public var train, generated: String
    public var holdout: String?
    /// `.cosine` for SSCD, DINO and CLIP.
    public var metric: NeighborMetric

    public init(train: String, generated: String, holdout: String? = nil, metric: NeighborMetric = .cosine) {
      (self.train, self.generated, self.holdout, self.metric) = (train, generated, holdout, metric)
    }
  }

  public init(
    train: String, generated: String, holdout: String? = nil, embeddings: Embeddings? = nil,
    pictures: PictureOptions = PictureOptions(), generatedPictures: PictureOptions? = nil
  ) {
    (self.train, self.generated, self.holdout, self.embeddings) = (train, generated, holdout, embeddings)
    (self.pictures, self.generatedPictures) = (pictures, generatedPictures)
  }

  /// Whether the caller said what floats mean.
  var rangesAreNamed: Bool { pictures.range != nil || generatedPictures?.range != nil }
}
