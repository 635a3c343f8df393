// SPDX-License-Identifier: MIT
public import Kernels

/// A data law with training samples and held-out samples of it.
public struct Dataset: Sendable, Equatable {
  /// The law itself: the truth that a model should find.
  public let law: IsotropicMixture
  /// x^1..x^N, shape (N, d).
  public private(set) var train: Matrix
  /// The component of each training sample.
  public private(set) var trainLabels: [Int]
  /// Samples that no training sees, shape (heldOutCount, d).
  public let heldOut: Matrix

  /// d.
  public var dimension: Int { law.dimension }
  /// N.
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
    dimension: Int, trueComponents: Int, trainingCount: Int, heldOutCount: Int, variance: Double = 1,
    componentRatio: Double = 1, duplicates: Double = 0, key: RandomKey
  ) -> Dataset {
    let means = MeanLayout.sphere(count: trueComponents, dimension: dimension, key: key.child("means"))
    var weights: [Double]?
    if componentRatio != 1 {
      weights = (1..<max(trueComponents, 1)).reduce(into: [1.0]) { weights, _ in
        weights.append(weights[weights.count - 1] * componentRatio)
      }
    }
    let law = IsotropicMixture(means: means, variance: variance, weights: weights)
    let dataset = Dataset(law: law, trainingCount: trainingCount, heldOutCount: heldOutCount, key: key)
    // Half of an odd number of samples is rounded down: each copy needs an original.
    return dataset.duplicating(min(trainingCount / 2, Int((duplicates * Double(trainingCount)).rounded())))
  }

  /// The same with the last `count` training samples replaced by copies of the first ones, in order.
  public func duplicating(_ count: Int) -> Dataset {
    precondition(0 <= count && 2 * count <= trainingCount, "\(count) duplicates among \(trainingCount) samples")
    var dataset = self
    let rows = Array(0..<trainingCount - count) + Array(0..<count)
    dataset.train = train.gathering(rows)
    dataset.trainLabels = rows.map { trainLabels[$0] }
    return dataset
  }
}
