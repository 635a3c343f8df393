// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Memorization
public import Training

/// Everything that determines a trained model: of a run's settings what matters before its samples are drawn.
///
/// Runs that differ in sampler, criterion, counts of samples or held-out samples have one model, which is trained once.
public struct ModelSettings: Sendable, Codable, Hashable {
  /// No held-out samples: no training sees them, and their number changes no other sample.
  public let data: DataSettings
  /// How data become noise.
  public let process: ProcessName
  /// The times of training.
  public let times: TimeGrid
  /// Where training starts.
  public let initialization: Initialization
  /// Optimizer, steps, draws, kernel, prediction and loss weight.
  public let training: TrainingSettings
  /// Seed of the start and the training noise.
  public let seed: UInt64
  /// The capacity, a value on `capacityAxis`: M of a mixture. In JSON it stands under the name of its axis.
  public let capacity: Int
  /// The family of the model; nil is the one that the data have in the paper.
  public let family: String?
  /// How the family counts its capacity; nil is `components`.
  public let axis: CapacityAxis?
  /// SHA-256 of the pixels that templates are drawn from, where there are any: a path may come to hold other pictures.
  public let pictures: String?

  /// The part of a run's settings that decides the model; `pictures` is the SHA-256 of their pixels, where there are
  /// any.
  public init(_ run: RunSettings, pictures: String? = nil) {
    let configuration = run.configuration
    var data = configuration.data
    data.heldOutSamples = 0
    self.data = data
    (process, times) = (configuration.process, configuration.times)
    (initialization, training, seed) = (configuration.initialization, configuration.training, configuration.seed)
    (capacity, family, axis) = (run.capacity, configuration.family, configuration.axis)
    self.pictures = pictures
  }

  /// `mixture`, `templates`, or what `family` says.
  public var familyName: String { family ?? ModelFamilies.ofPaper(pictures: data.images != nil) }

  /// What the capacity counts: components unless the settings say otherwise.
  public var capacityAxis: CapacityAxis { axis ?? .components }

  /// A run that measures this model.
  public func run(_ evaluation: EvaluationSettings = .init(), heldOutSamples: Int = 2000) -> RunSettings {
    var data = data
    data.heldOutSamples = heldOutSamples
    return RunSettings(
      configuration: Configuration(
        data: data, process: process, times: times, initialization: initialization, training: training,
        evaluation: evaluation, seed: seed, family: family, axis: axis),
      capacity: capacity)
  }
}

extension ModelSettings {
  private enum CodingKeys: String, CodingKey {
    case data, process, times, initialization, training, seed, family, axis, pictures
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    data = try container.decode(DataSettings.self, forKey: .data)
    process = try container.decode(ProcessName.self, forKey: .process)
    times = try container.decode(TimeGrid.self, forKey: .times)
    initialization = try container.decode(Initialization.self, forKey: .initialization)
    training = try container.decode(TrainingSettings.self, forKey: .training)
    seed = try container.decode(UInt64.self, forKey: .seed)
    family = try container.decodeIfPresent(String.self, forKey: .family)
    axis = try container.decodeIfPresent(CapacityAxis.self, forKey: .axis)
    pictures = try container.decodeIfPresent(String.self, forKey: .pictures)
    capacity = try decoder.container(keyedBy: CapacityAxis.self).decode(Int.self, forKey: axis ?? .components)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(data, forKey: .data)
    try container.encode(process, forKey: .process)
    try container.encode(times, forKey: .times)
    try container.encode(initialization, forKey: .initialization)
    try container.encode(training, forKey: .training)
    try container.encode(seed, forKey: .seed)
    try container.encodeIfPresent(family, forKey: .family)
    try container.encodeIfPresent(axis, forKey: .axis)
    try container.encodeIfPresent(pictures, forKey: .pictures)
    var capacities = encoder.container(keyedBy: CapacityAxis.self)
    try capacities.encode(capacity, forKey: capacityAxis)
  }
}

/// A model as training left it, of whatever kind.
public struct FinishedTraining: Sendable {
  /// The model after the last step taken.
  public let model: any LaboratoryModel
  /// Nil when all steps ended with finite numbers; else the step at which they did not.
  public let divergedAt: Int?
  /// Share of steps whose gradient was clipped.
  public let clippedShare: Double
  /// Steps taken; zero for a model that was found.
  public let steps: Int
  /// Wall time of the training in seconds; zero for a model that was found.
  public let seconds: Double

  /// A model that was trained elsewhere; without `steps` and `seconds` one that was found.
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
