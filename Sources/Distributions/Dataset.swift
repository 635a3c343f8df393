// SPDX-License-Identifier: MIT
public import Kernels

/// A data law with training samples and held-out samples of it.
public struct Dataset: Sendable, Equatable {
  /// The law itself: the truth that a model should find.
  public let law: IsotropicMixture
  /// x^1..x^N, shape (N, d).
  public let train: Matrix
  /// The component of each training sample.
  public let trainLabels: [Int]
  /// Samples that no training sees, shape (heldOutCount, d).
  public let heldOut: Matrix

  public var dimension: Int { law.dimension }
  public var trainingCount: Int { train.rows }

  /// Streams "train" and "held-out" of the key: neither count changes the other's samples, and the
  /// data of a larger N begin with the data of a smaller one.
  public init(law: IsotropicMixture, trainingCount: Int, heldOutCount: Int, key: RandomKey) {
    precondition(trainingCount > 0 && heldOutCount >= 0, "\(trainingCount) training, \(heldOutCount) held-out samples")
    self.law = law
    (train, trainLabels) = law.sample(trainingCount, key: key.child("train"))
    heldOut = law.sample(heldOutCount, key: key.child("held-out")).samples
  }

  /// The paper's laboratory, appendix H: K means uniform on the sphere of radius sqrt(d), equal weights.
  public static func isotropic(
    dimension: Int, trueComponents: Int, trainingCount: Int, heldOutCount: Int, variance: Double = 1, key: RandomKey
  ) -> Dataset {
    let means = MeanLayout.sphere(count: trueComponents, dimension: dimension, key: key.child("means"))
    let law = IsotropicMixture(means: means, variance: variance)
    return Dataset(law: law, trainingCount: trainingCount, heldOutCount: heldOutCount, key: key)
  }
}
