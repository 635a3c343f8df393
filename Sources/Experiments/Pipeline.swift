// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Foundation
public import Kernels
internal import Memorization
public import Sampling
internal import Statistics
internal import Training

/// A finished run: its record, the model and the samples drawn from it.
public struct RunResult: Sendable {
  public var record: RunRecord
  public var model: any LaboratoryModel
  /// (n, d); nil when the training diverged.
  public var samples: Matrix?
}

/// One run from settings to record: data -> train -> sample -> measure. Nothing downstream calls upstream.
///
/// Streams: "start", "training" and "sampling" of the seed; the last two are keyed by M as well, so that a run
/// is the same alone and in a sweep.
public enum Pipeline {
  /// Trains, samples and measures. `progress` is told the steps done and returns false to stop.
  ///
  /// Throws `InitializationError` for a start the data forbid and `CancellationError` when stopped.
  public static func run(
    _ settings: RunSettings, identifier: String, prepared: PreparedData, workers: Workers = .serial,
    progress: (Int) -> Bool = { _ in true }
  ) throws -> RunResult {
    try run(settings, identifier, prepared, in: prepared.laboratory, workers, progress)
  }

  private static func run<System: Laboratory>(
    _ settings: RunSettings, _ identifier: String, _ prepared: PreparedData, in laboratory: System,
    _ workers: Workers, _ progress: (Int) -> Bool
  ) throws -> RunResult {
    let trained = try train(settings, in: laboratory, workers, progress)
    let clock = ContinuousClock()
    let begin = clock.now
    var record = RunRecord(
      identifier: identifier, settings: settings, outcome: .finished, measurements: nil,
      timing: RunTiming(
        trainingSeconds: trained.seconds, secondsPerStep: trained.seconds / Double(max(trained.steps, 1)),
        evaluationSeconds: 0))
    if let step = trained.divergedAt {
      record.outcome = .diverged(
        step: step, advice: "loss or gradient not finite: lower peakRate or clipNorm, or start with a larger std")
      return RunResult(record: record, model: trained.model, samples: nil)
    }
    let samples = sample(trained.model, settings, workers)
    record.measurements = measure(trained, samples, settings, prepared, workers)
    record.timing.evaluationSeconds = (clock.now - begin) / .seconds(1)
    return RunResult(record: record, model: trained.model, samples: samples)
  }

  private static func train<System: Laboratory>(
    _ settings: RunSettings, in laboratory: System, _ workers: Workers, _ progress: (Int) -> Bool
  ) throws -> TrainingResult<System.Model> {
    let configuration = settings.configuration
    let key = RandomKey(seed: configuration.seed)
    let start = try laboratory.start(
      configuration.initialization, components: settings.components, key: key.child("start"))
    let table = TimeTable(
      grid: configuration.times, process: configuration.process.process, prediction: configuration.training.prediction,
      weight: configuration.training.weight)
    return try laboratory.train(
      start, by: Trainer(settings: configuration.training, table: table),
      key: key.child("training").child(settings.components), workers: workers, progress: progress)
  }

  /// Samples of a trained model as the configuration asks for them, shape (n, d). `key`: nil means the run's own.
  public static func sample(
    _ model: any LaboratoryModel, _ settings: RunSettings, count: Int? = nil, key: RandomKey? = nil,
    _ workers: Workers
  ) -> Matrix {
    let configuration = settings.configuration
    let process = configuration.process.process
    let key = (key ?? RandomKey(seed: configuration.seed).child("sampling")).child(settings.components)
    let count = count ?? configuration.evaluation.samples
    guard let sampler = configuration.evaluation.sampler.sampler else { return model.draws(count, key: key) }
    return Sampling.sample(
      count: count, dimension: model.dimension, denoiser: model.prepared, process: process,
      times: (configuration.evaluation.samplingTimes ?? configuration.times).times(of: process), sampler: sampler,
      key: key, workers: workers)
  }

  private static func measure(
    _ trained: TrainingResult<some LaboratoryModel>, _ samples: Matrix, _ settings: RunSettings,
    _ prepared: PreparedData, _ workers: Workers
  ) -> Measurements {
    let configuration = settings.configuration
    let laboratory = prepared.laboratory
    let losses = losses(of: trained.model, settings, prepared, workers)
    let means = LearnedMeans(
      means: trained.model.componentMeans, training: laboratory.train, trueMeans: laboratory.trueMeans,
      workers: workers)
    return Measurements(
      ratio: MemorizationTest(criterion: configuration.evaluation.criterion)
        .ratio(of: samples, training: laboratory.train, workers: workers),
      null: prepared.null, learnedStd: abs(trained.model.std), finalLoss: finalLoss(losses[0]),
      meanToSample: means.toSample, meanToTrueMean: means.toTrueMean, clippedShare: trained.clippedShare,
      losses: configuration.evaluation.losses ? losses + prepared.references : [])
  }

  /// Losses of the trained model (on training samples always: the final loss needs them) and of the
  /// partially memorizing denoiser on the subset that started it.
  private static func losses(
    of model: any LaboratoryModel, _ settings: RunSettings, _ prepared: PreparedData, _ workers: Workers
  ) -> [LossByTime] {
    let (configuration, laboratory) = (settings.configuration, prepared.laboratory)
    let losses = DenoiserLosses(configuration, laboratory: laboratory, workers: workers)
    guard configuration.evaluation.losses else { return losses.measure([(.trained, model.prepared)], .train) }
    let count = laboratory.train.rows
    guard settings.components <= count else { return losses.measure([(.trained, model.prepared)]) }
    let subset = MixtureModel.memorizedSubset(
      components: settings.components, of: count, key: RandomKey(seed: configuration.seed).child("start"))
    let partial = PartiallyMemorizingDenoiser(samples: laboratory.train, subset: subset)
    return losses.measure([(.trained, model.prepared), (.partial, partial)])
  }

  /// Mean over the grid's times of the noise-prediction loss psi_t |x0_hat - x0|^2.
  private static func finalLoss(_ loss: LossByTime) -> Double {
    zip(loss.signalToNoise, loss.losses).reduce(0) { $0 + $1.0 * $1.1.value } / Double(loss.losses.count)
  }
}

extension SamplerName {
  /// The sampler of this name; nil for `exact`, which takes no steps.
  public var sampler: (any Sampler)? {
    switch self {
    case .ddim: DDIM()
    case .ddpm: AncestralDDPM()
    case .euler: EulerODE()
    case .heun: HeunODE()
    case .exact: nil
    }
  }
}
