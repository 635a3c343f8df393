// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Distributions
public import Experiments
public import Files
public import Kernels
internal import Memorization
public import RunStore
public import Statistics

/// Samples of a trained model, and their memorization ratio.
///
/// The model's file carries the settings that it was trained with, so its training data are drawn again. Sampler, times
/// and counts are those of the run that the model lies with, unless they are named; without a run: ddim, the times of
/// training, 2,000 samples.
public struct SamplingRequest: Sendable {
  /// `RUN/models/ID.safetensors`.
  public let path: String
  /// The model and the settings that it was trained with.
  public let file: ModelFile
  /// As in the run.
  public let settings: RunSettings
  /// Samples to draw; nil: as many as in the run.
  public var count: Int?
  /// nil: that of the run.
  public var sampler: SamplerName?
  /// From the first to the last time; nil: the times of the run.
  public var samplingSteps: Int?
  /// Of the sampling; nil: that of the run.
  public var seed: UInt64?
  /// nil for all processors. Numbers do not depend on it.
  public var threads: Int?

  /// Reads the model; throws `StoreError` for a file that is none.
  public init(model path: String) throws(StoreError) {
    self.path = path
    file = try ModelFile(reading: path)
    settings = try RunFolder.run(of: file, at: path)?.run.settings ?? file.run ?? file.settings.run()
  }

  /// The files that are read: the model, and the pictures of its data.
  public var inputs: [String] { [path] + [settings.configuration.data.images?.source].compactMap { $0 } }

  /// What is drawn: the settings of the run with what was named in their place.
  ///
  /// Throws `RequestError` for steps of exact sampling, and for counts below 1.
  public func resolved() throws(RequestError) -> RunSettings {
    var settings = settings
    if let count {
      guard count >= 1 else { throw RequestError("count: '\(count)' is out of range; allowed: 1 or more") }
      settings.configuration.evaluation.samples = count
    }
    if let sampler { settings.configuration.evaluation.sampler = sampler }
    if let seed { settings.configuration.seed = seed }
    if let samplingSteps {
      guard settings.configuration.evaluation.sampler != .exact else {
        throw RequestError("samplingSteps: exact sampling takes no steps; allowed: with another sampler")
      }
      guard samplingSteps >= 1 else {
        throw RequestError("samplingSteps: '\(samplingSteps)' is out of range; allowed: 1 or more")
      }
      var grid = settings.configuration.evaluation.samplingTimes ?? settings.configuration.times
      grid.count = samplingSteps + 1
      settings.configuration.evaluation.samplingTimes = grid
    }
    settings.configuration.evaluation.losses = false
    return settings
  }

  /// Draws and measures. `isCancelled` is asked between data, samples and measurement.
  ///
  /// Throws `RequestError`, `StoreError` where the pictures are no longer those of the training, `PictureError`,
  /// `ModelFamilyError` for a sampler that the model has not, and `CancellationError`.
  public func run(isCancelled: () -> Bool = { false }) throws -> SamplingOutcome {
    let settings = try resolved()
    try PictureSeal.check(file, at: path)
    func check() throws { if isCancelled() { throw CancellationError() } }
    try check()
    let workers = Workers(threads: threads ?? Processors.count)
    let prepared = try PreparedData(settings.configuration, workers: workers)
    try check()
    let samples = try Pipeline.sample(file.model, settings, workers)
    try check()
    let ratio = MemorizationTest(criterion: settings.configuration.evaluation.criterion)
      .ratio(of: samples, training: prepared.laboratory.train, workers: workers)
    return SamplingOutcome(
      samples: samples, settings: settings, ratio: ratio, null: prepared.null,
      learnedStd: (file.model as? any ComponentModel).map { abs($0.std) })
  }
}

/// Samples of a model and what was measured on them.
public struct SamplingOutcome: Sendable {
  /// (n, d).
  public let samples: Matrix
  /// What they were drawn with.
  public let settings: RunSettings
  /// The share of memorized samples, and of memorized held-out samples.
  public let ratio, null: Estimate
  /// Of a mixture.
  public let learnedStd: Double?

  /// `model`, `samples`: the paths to name in the document; `samples` nil where they were not written.
  public func document(model: String, samples: String? = nil) -> SamplingDocument {
    SamplingDocument(self, model: model, samples: samples)
  }
}
