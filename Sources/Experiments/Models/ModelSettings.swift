// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Training

/// Everything that determines a trained model: of a run's settings what matters before its samples are drawn.
///
/// Runs that differ in sampler, criterion, counts of samples or held-out samples have one model, which is trained once.
public struct ModelSettings: Sendable, Codable, Hashable {
  /// No held-out samples: no training sees them, and their number changes no other sample.
  public let data: DataSettings
  public let process: ProcessName
  /// The times of training.
  public let times: TimeGrid
  public let initialization: Initialization
  public let training: TrainingSettings
  /// Seed of the start and the training noise.
  public let seed: UInt64
  /// The capacity; M of a mixture.
  public let components: Int
  /// The family of the model; nil is the one that the data have in the paper.
  public let family: String?
  /// SHA-256 of the pixels that templates are drawn from, where there are any: a path may come to hold other pictures.
  public let pictures: String?

  public init(_ run: RunSettings, pictures: String? = nil) {
    let configuration = run.configuration
    var data = configuration.data
    data.heldOutSamples = 0
    self.data = data
    (process, times) = (configuration.process, configuration.times)
    (initialization, training, seed) = (configuration.initialization, configuration.training, configuration.seed)
    (components, family, self.pictures) = (run.components, configuration.family, pictures)
  }

  /// `mixture`, `templates`, or what `family` says.
  public var familyName: String { family ?? ModelFamilies.ofPaper(pictures: data.images != nil) }

  /// A run that measures this model.
  public func run(_ evaluation: EvaluationSettings = .init(), heldOutSamples: Int = 2000) -> RunSettings {
    var data = data
    data.heldOutSamples = heldOutSamples
    return RunSettings(
      configuration: Configuration(
        data: data, process: process, times: times, initialization: initialization, training: training,
        evaluation: evaluation, seed: seed, family: family),
      components: components)
  }
}

/// A model as training left it, of whatever kind.
public struct FinishedTraining: Sendable {
  public let model: any LaboratoryModel
  /// Nil when all steps ended with finite numbers; else the step at which they did not.
  public let divergedAt: Int?
  /// Share of steps whose gradient was clipped.
  public let clippedShare: Double
  /// Steps taken, and the wall time of them all; zero for a model that was found.
  public let steps: Int
  public let seconds: Double

  public init(
    model: any LaboratoryModel, divergedAt: Int?, clippedShare: Double, steps: Int = 0, seconds: Double = 0
  ) {
    (self.model, self.divergedAt, self.clippedShare) = (model, divergedAt, clippedShare)
    (self.steps, self.seconds) = (steps, seconds)
  }

  init(_ result: TrainingResult<some LaboratoryModel>) {
    self.init(
      model: result.model, divergedAt: result.divergedAt, clippedShare: result.clippedShare, steps: result.steps,
      seconds: result.seconds)
  }
}
