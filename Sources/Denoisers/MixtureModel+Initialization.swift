// SPDX-License-Identifier: MIT
public import Distributions
public import Kernels

/// A start that the data do not allow.
public enum InitializationError: Error, CustomStringConvertible, Equatable {
  /// Partial memorization needs M <= N.
  case moreComponentsThanSamples(components: Int, samples: Int)
  /// The truth start needs M = K.
  case truthNeedsTrueComponents(components: Int, trueComponents: Int)
  /// A start that pictures do not have.
  case notOfPictures(String)

  public var description: String {
    switch self {
    case .moreComponentsThanSamples(let components, let samples):
      "components M = \(components): partial memorization starts at distinct training samples, so M <= N = \(samples)"
    case .truthNeedsTrueComponents(let components, let trueComponents):
      "components M = \(components): the truth start needs M = K = \(trueComponents)"
    case .notOfPictures(let name):
      "initialization: '\(name)' is not a start for pictures; allowed: partial-memorization, truth"
    }
  }
}

extension MixtureModel {
  /// The model before training.
  ///
  /// The subset that starts M components is a prefix of one permutation of the training samples (key), so
  /// the starts of growing M are nested.
  public init(
    _ initialization: Initialization, components: Int, dataset: Dataset, key: RandomKey
  ) throws(InitializationError) {
    let dimension = dataset.train.columns
    switch initialization {
    case .partialMemorization(let std):
      guard components <= dataset.train.rows else {
        throw .moreComponentsThanSamples(components: components, samples: dataset.train.rows)
      }
      let subset = Self.memorizedSubset(components: components, of: dataset.train.rows, key: key)
      self.init(means: dataset.train.gathering(subset), std: std)
    case .gaussian(let scale, let std):
      let normals = key.child("gaussian").normalRows(components, dimension)
      self.init(means: Matrix(scale * normals), std: std)
    case .sphere(let radius, let std):
      let means = MeanLayout.sphere(
        count: components, dimension: dimension, radius: radius ?? Double(dimension).squareRoot(),
        key: key.child("sphere"))
      self.init(means: means, std: std)
    case .truth(let std):
      guard components == dataset.law.means.rows else {
        throw .truthNeedsTrueComponents(components: components, trueComponents: dataset.law.means.rows)
      }
      self.init(means: dataset.law.means, std: std)
    }
  }

  /// The training samples at which partial memorization starts M components: a prefix of one permutation.
  public static func memorizedSubset(components: Int, of samples: Int, key: RandomKey) -> [Int] {
    Array(key.child("subset").permutation(samples).prefix(components))
  }
}
