// SPDX-License-Identifier: MIT
public import Denoisers

/// How a training went.
public struct TrainingResult<Model: TrainableModel>: Sendable {
  /// The model after the last step.
  public var model: Model
  /// Nil when all steps ended with finite numbers; else the step at which they did not.
  public var divergedAt: Int?
  /// Mean loss of the steps of each tenth of the training, as sampled by the steps themselves.
  public var lossTrace: [Double]
  /// Share of steps whose gradient was clipped.
  public var clippedShare: Double
  /// What the kernel kept and what it integrated in closed form, over all steps.
  public var counts: StepKernel.Counts
  /// Steps taken: all of them unless the training diverged.
  public var steps: Int
  /// Wall time of all steps.
  public var seconds: Double
}

/// A trained isotropic mixture.
public typealias TrainedModel = TrainingResult<MixtureModel>
