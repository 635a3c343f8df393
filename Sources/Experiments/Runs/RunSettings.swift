// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Memorization
public import Training

/// The data of a run: N samples of isotropic clusters or, with `images`, of coloured pictures, and held-out samples of the
/// same law.
public struct DataSettings: Sendable, Codable, Hashable {
  /// d.
  public var dimension: Int
  /// K, the components of the data law.
  public var trueComponents: Int
  /// N, the training samples.
  public var samples: Int
  /// sigma_*^2.
  public var variance: Double
  /// Ratio of the weights of successive components, w_k proportional to ratio^k; 1 is equal weights.
  public var componentRatio: Double
  /// Share of the training samples that are copies of other training samples.
  public var duplicates: Double
  /// Held-out samples of the same law: test loss and the null of the memorization ratio.
  public var heldOutSamples: Int
  /// Seed of means, labels and samples.
  public var dataSeed: UInt64
  /// Pictures in place of clusters; then K counts templates, and `variance` is that of a colour's channels.
  public var images: ImageSettings?

  /// Values as given: nothing is checked here. `StudyBounds` says what studies allow.
  public init(
    dimension: Int, trueComponents: Int, samples: Int, variance: Double = 1, componentRatio: Double = 1,
    duplicates: Double = 0, heldOutSamples: Int = 2000, dataSeed: UInt64 = 0, images: ImageSettings? = nil
  ) {
    self.dimension = dimension
    self.trueComponents = trueComponents
    self.samples = samples
    self.variance = variance
    self.componentRatio = componentRatio
    self.duplicates = duplicates
    self.heldOutSamples = heldOutSamples
    self.dataSeed = dataSeed
    self.images = images
  }
}

/// How samples are drawn from a trained model and judged.
public struct EvaluationSettings: Sendable, Codable, Hashable {
  /// How samples are drawn.
  public var sampler: SamplerName
  /// Times of the sampler; nil means the training grid.
  public var samplingTimes: TimeGrid?
  /// Samples drawn from the trained model.
  public var samples: Int
  /// Memorized: d1 < criterion * d2.
  public var criterion: Double
  /// Whether losses per time of the four denoisers are measured.
  public var losses: Bool

  /// The paper's sampler and test, on 2,000 samples. Nothing is checked here.
  public init(
    sampler: SamplerName = .ddim, samplingTimes: TimeGrid? = nil, samples: Int = 2000,
    criterion: Double = 1.0 / 3.0, losses: Bool = true
  ) {
    self.sampler = sampler
    self.samplingTimes = samplingTimes
    self.samples = samples
    self.criterion = criterion
    self.losses = losses
  }
}

/// Everything that determines the numbers of a family of trainings that differ in M alone.
public struct Configuration: Sendable, Codable, Hashable {
  /// Data law, training samples and held-out samples.
  public var data: DataSettings
  /// How data become noise.
  public var process: ProcessName
  /// The times of training, and of sampling unless the evaluation has its own.
  public var times: TimeGrid
  /// Where training starts.
  public var initialization: Initialization
  /// Optimizer, steps, draws, kernel, prediction and loss weight.
  public var training: TrainingSettings
  /// How samples are drawn and judged.
  public var evaluation: EvaluationSettings
  /// Seed of the start, the training noise and the sampling.
  public var seed: UInt64
  /// The family of models (`ModelFamily.name`); nil is the one that the data have in the paper.
  public var family: String?
  /// How the family counts its capacity (`ModelFamily.capacityAxis`); nil is `components`.
  public var axis: CapacityAxis?

  /// The paper's process, times, start and evaluation unless said otherwise. Nothing is checked here.
  public init(
    data: DataSettings, process: ProcessName = .vp, times: TimeGrid = .paper, initialization: Initialization = .paper,
    training: TrainingSettings, evaluation: EvaluationSettings = .init(), seed: UInt64 = 0, family: String? = nil,
    axis: CapacityAxis? = nil
  ) {
    self.data = data
    (self.family, self.axis) = (family, axis == .components ? nil : axis)
    self.process = process
    self.times = times
    self.initialization = initialization
    self.training = training
    self.evaluation = evaluation
    self.seed = seed
  }

  /// What the capacity counts: components unless the settings say otherwise.
  public var capacityAxis: CapacityAxis { axis ?? .components }

  /// The same with seeds of zero: runs that differ in seeds alone are repeats of it.
  public var withoutSeeds: Configuration {
    var copy = self
    (copy.data.dataSeed, copy.seed) = (0, 0)
    return copy
  }
}

/// Everything that determines the numbers of one training.
///
/// In JSON the capacity stands under the name of its axis: `"components": 40`.
public struct RunSettings: Sendable, Codable, Hashable {
  /// All but the capacity.
  public var configuration: Configuration
  /// The capacity, a value on `configuration.capacityAxis`: M of a mixture.
  public var capacity: Int

  /// One capacity of a configuration; nothing is checked here.
  public init(configuration: Configuration, capacity: Int) {
    self.configuration = configuration
    self.capacity = capacity
  }

  private enum CodingKeys: String, CodingKey { case configuration }

  public init(from decoder: any Decoder) throws {
    configuration = try decoder.container(keyedBy: CodingKeys.self).decode(Configuration.self, forKey: .configuration)
    capacity = try decoder.container(keyedBy: CapacityAxis.self).decode(Int.self, forKey: configuration.capacityAxis)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(configuration, forKey: .configuration)
    var capacities = encoder.container(keyedBy: CapacityAxis.self)
    try capacities.encode(capacity, forKey: configuration.capacityAxis)
  }
}
