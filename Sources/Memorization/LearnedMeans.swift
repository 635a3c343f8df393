// SPDX-License-Identifier: MIT
public import Kernels
public import Statistics

/// Where a trained model's means lie: distances to the nearest training sample and to the nearest true mean
/// (appendix H, Fig. 6), and how many means have settled on one.
///
/// A mean is near a sample (or a true mean) if its distance d1 to it is below criterion * d2, d2 the distance to
/// the next point among samples and true means together.
public struct LearnedMeans: Sendable, Codable, Hashable {
  /// Distances of the means to the nearest training sample.
  public let toSample: Quantiles
  /// Distances of the means to the nearest true mean.
  public let toTrueMean: Quantiles
  /// Mean distance to the second-nearest sample.
  public let secondSample: Double
  /// Mean distance to the second-nearest true mean; nil for one true mean.
  public let secondTrueMean: Double?
  /// Means that have settled on a training sample.
  public let nearSample: Int
  /// Means that have settled on a true mean.
  public let nearTrueMean: Int
  /// M.
  public let count: Int

  /// Measures means (M, d), M >= 1, against training samples (N, d), N >= 2, and true means (K, d), K >= 1.
  public init(
    means: Matrix, training: Matrix, trueMeans: Matrix, test: MemorizationTest = .init(), workers: Workers = .serial
  ) {
    precondition(means.rows >= 1 && trueMeans.rows >= 1, "\(means.rows) means, \(trueMeans.rows) true means")
    let samples = NearestTwo.search(means, in: training, workers: workers)
    let truth = Self.nearest(means, in: trueMeans, workers: workers)
    toSample = Quantiles(of: samples.map(\.d1))
    toTrueMean = Quantiles(of: truth.map(\.d1))
    secondSample = samples.map(\.d2).mean
    secondTrueMean = trueMeans.rows > 1 ? truth.map(\.d2).mean : nil
    let pairs = zip(samples, truth)
    nearSample = pairs.count { $0.d1 < test.criterion * min($0.d2, $1.d1) }
    nearTrueMean = pairs.count { $1.d1 < test.criterion * min($1.d2, $0.d1) }
    count = means.rows
  }

  /// The two nearest rows; of a single row the second is infinitely far.
  private static func nearest(_ points: Matrix, in reference: Matrix, workers: Workers) -> [NearestTwo] {
    if reference.rows > 1 { return NearestTwo.search(points, in: reference, workers: workers) }
    let doubled = Matrix(rows: 2, columns: reference.columns, values: reference.values + reference.values)
    return NearestTwo.search(points, in: doubled, workers: workers).map {
      NearestTwo(d1: $0.d1, d2: .infinity, index1: 0, index2: 0)
    }
  }
}
