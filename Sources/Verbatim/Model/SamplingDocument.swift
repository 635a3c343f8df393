// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Experiments
internal import Foundation
internal import Memorization
public import Statistics

/// Samples of a model as one JSON document.
public struct SamplingDocument: Sendable, Encodable {
  /// The version of this format.
  public let schema = 1
  /// The model's path.
  public let model: String
  /// The array's path.
  public let samples: String?
  /// Its name in a study, such as `ddim`.
  public let sampler: String
  /// Nil of exact sampling, which takes none.
  public let samplingSteps: Int?
  /// M.
  public let components: Int
  /// How the capacity is counted, where `components` is not M: `width`, `parameters`; absent of mixtures.
  public let capacityAxis: String?
  /// The share of memorized samples, and of memorized held-out samples.
  public let ratio, null: Estimate
  /// Of a mixture.
  public let learnedStd: Double?

  init(_ outcome: SamplingOutcome, model: String, samples: String?) {
    let (configuration, evaluation) = (outcome.settings.configuration, outcome.settings.configuration.evaluation)
    let grid = evaluation.samplingTimes ?? configuration.times
    (self.model, self.samples, sampler) = (model, samples, evaluation.sampler.rawValue)
    samplingSteps = evaluation.sampler == .exact ? nil : grid.count - 1
    components = outcome.settings.capacity
    capacityAxis = configuration.axis?.rawValue
    (ratio, null, learnedStd) = (outcome.ratio, outcome.null, outcome.learnedStd)
  }

  /// The same for a terminal.
  public var text: String {
    String(
      format: "%d samples by %@ from %@ = %d: memorization ratio %.4f [%.4f, %.4f], null %.4f [%.4f, %.4f]",
      ratio.trials, sampler + (samplingSteps.map { " in \($0) steps" } ?? ""),
      (capacityAxis.flatMap(CapacityAxis.init(rawValue:)) ?? .components).symbol, components, ratio.value, ratio.low,
      ratio.high, null.value, null.low, null.high)
  }
}
