// SPDX-License-Identifier: MIT
public import Distributions
public import Kernels

extension DataSettings {
  /// The data these settings describe: stream "data" of the data seed.
  public var dataset: Dataset { dataset(key: RandomKey(seed: dataSeed).child("data"), heldOut: heldOutSamples) }

  /// Data of the same law from any stream.
  public func dataset(key: RandomKey, heldOut: Int) -> Dataset {
    Dataset.isotropic(
      dimension: dimension, trueComponents: trueComponents, trainingCount: samples, heldOutCount: heldOut,
      variance: variance, componentRatio: componentRatio, duplicates: duplicates, key: key)
  }
}
