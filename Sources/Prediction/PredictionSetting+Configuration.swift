// SPDX-License-Identifier: MIT
internal import Diffusion
public import Experiments
public import Theory
internal import Training

extension PredictionSetting {
  /// The setting of a study's configuration.
  public init(_ configuration: Configuration) {
    let (data, evaluation) = (configuration.data, configuration.evaluation)
    self.init(
      dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples, variance: data.variance,
      criterion: evaluation.criterion,
      hasPaperTimes: configuration.process == .vp && configuration.times == .paper
        && configuration.training.weight == .unit,
      hasPaperSampler: evaluation.sampler == .ddim && (evaluation.samplingTimes ?? configuration.times) == .paper,
      hasPaperLaw: data.componentRatio == 1 && data.duplicates == 0)
  }
}
