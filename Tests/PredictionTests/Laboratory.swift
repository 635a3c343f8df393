// SPDX-License-Identifier: MIT
import Experiments
import Training

/// A small configuration of the paper's laboratory.
func laboratory(
  _ dimension: Int = 30, _ trueComponents: Int = 3, _ samples: Int = 50,
  change: (inout Configuration) -> Void = { _ in }
) throws -> Configuration {
  var configuration = Configuration(
    data: DataSettings(dimension: dimension, trueComponents: trueComponents, samples: samples, heldOutSamples: 1),
    training: try .quick(), evaluation: EvaluationSettings(losses: false))
  change(&configuration)
  return configuration
}
