// SPDX-License-Identifier: MIT
public import Kernels

/// A law of coloured templates with training samples and held-out samples of it.
public struct ColoredDataset: Sendable, Equatable {
  /// The law itself: the truth that a model should find.
  public let law: ColoredTemplateLaw
  /// N training samples with their templates and colours.
  public let train: ColoredSamples
  /// Samples that no training sees.
  public let heldOut: ColoredSamples

  /// d = C h w.
  public var dimension: Int { law.dimension }
  /// N.
  public var trainingCount: Int { train.count }

  /// Streams "train" and "held-out" of the key: neither count changes the other's samples, and the
  /// data of a larger N begin with the data of a smaller one.
  public init(law: ColoredTemplateLaw, trainingCount: Int, heldOutCount: Int, key: RandomKey) {
    precondition(trainingCount > 0 && heldOutCount >= 0, "\(trainingCount) training, \(heldOutCount) held-out samples")
    self.law = law
    train = law.sample(trainingCount, key: key.child("train"))
    heldOut = law.sample(heldOutCount, key: key.child("held-out"))
  }
}
