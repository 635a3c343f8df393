// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
public import Kernels
public import Memorization
public import Statistics
internal import Training

/// What all capacities M of a configuration share: the data, the null of the ratio, the losses of the
/// denoisers that have no capacity (memorizing and generalizing).
public struct PreparedData: Sendable {
  public let laboratory: any Laboratory
  /// Held-out samples through the memorization test.
  public let null: Estimate
  /// Losses of the memorizing and the generalizing denoiser; empty when losses are not asked for.
  public let references: [LossByTime]

  /// Draws the data (stream "data" of the data seed) and measures what does not depend on M.
  ///
  /// Throws what `DataSettings.laboratory` throws: a source of pictures that cannot be read.
  public init(_ configuration: Configuration, workers: Workers = .serial) throws {
    laboratory = try configuration.data.laboratory()
    null = MemorizationTest(criterion: configuration.evaluation.criterion)
      .ratio(of: laboratory.heldOut, training: laboratory.train, workers: workers)
    guard configuration.evaluation.losses else {
      references = []
      return
    }
    let losses = DenoiserLosses(configuration, laboratory: laboratory, workers: workers)
    references = losses.measure([
      (.memorizing, MemorizingDenoiser(samples: laboratory.train)), (.generalizing, laboratory.generalizing),
    ])
  }
}
