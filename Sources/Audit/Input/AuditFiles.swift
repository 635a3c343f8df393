// SPDX-License-Identifier: MIT
public import Neighbors
public import Pictures

/// The files of one audit: datasets of one form, pictures or points, and embeddings of them if a network made some.
public struct AuditFiles: Sendable, Equatable {
  /// Paths of the training set and of the samples, in any form of Documentation/Pictures.md.
  public var train, generated: String
  /// Data of the training set's source that the model did not see; without it the null is an estimate.
  public var holdout: String?
  /// A second space: npy arrays (N, d) in the order of the datasets.
  public var embeddings: Embeddings?
  /// What files do not say by themselves; `labels` are those of the training set.
  public var pictures: PictureOptions
  /// The same of the samples' files; nil: as `pictures`, without its labels.
  public var generatedPictures: PictureOptions?

  /// What a network made of the datasets: npy arrays of one row for each row of a dataset, in its order.
  public struct Embeddings: Sendable, Equatable {
    /// Paths of npy arrays, shapes (N, d) and (n, d).
    public var train, generated: String
    /// Path of an npy array (h, d); nil without held-out data.
    public var holdout: String?
    /// `.cosine` for SSCD, DINO and CLIP.
    public var metric: NeighborMetric

    /// Paths alone: nothing is read or checked here.
    public init(train: String, generated: String, holdout: String? = nil, metric: NeighborMetric = .cosine) {
      (self.train, self.generated, self.holdout, self.metric) = (train, generated, holdout, metric)
    }
  }

  /// Paths and options alone: nothing is read or checked here.
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
