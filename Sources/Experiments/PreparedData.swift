// SPDX-License-Identifier: MIT
public import Distributions
internal import Denoisers
internal import Diffusion
public import Kernels
public import Memorization
internal import Training

/// What all capacities M of a configuration share: the data, the null of the ratio, the losses of the
/// denoisers that have no capacity (memorizing and generalizing).
public struct PreparedData: Sendable {
  public let dataset: Dataset
  /// Held-out samples through the memorization test.
  public let null: Estimate
  /// Losses of the memorizing and the generalizing denoiser; empty when losses are not asked for.
  public let references: [LossByTime]

  /// Draws the data (stream "data" of the data seed) and measures what does not depend on M.
  public init(_ configuration: Configuration, workers: Workers = .serial) {
    dataset = configuration.data.dataset
    null = MemorizationTest(criterion: configuration.evaluation.criterion)
      .ratio(of: dataset.heldOut, training: dataset.train, workers: workers)
    guard configuration.evaluation.losses else {
      references = []
      return
    }
    let losses = DenoiserLosses(configuration, dataset: dataset, workers: workers)
    let truth = MixtureDenoiser(means: dataset.law.means, variance: dataset.law.variance, weights: dataset.law.weights)
    references = losses.measure([(.memorizing, MemorizingDenoiser(samples: dataset.train)), (.generalizing, truth)])
  }
}
