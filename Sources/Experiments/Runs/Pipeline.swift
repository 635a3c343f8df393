// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
internal import Foundation
public import Kernels
internal import Memorization
internal import Sampling
internal import Statistics
internal import Training

/// A finished run: its record, the model and the samples drawn from it.
public struct RunResult: Sendable {
  /// What `runs.jsonl` keeps: settings, outcome, measurements, times.
  public var record: RunRecord
  /// The model as training left it, diverged or not.
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
  /// Throws `InitializationError` for a start the data forbid, `ModelFamilyError` for a family that is not known or a
  /// sampler that it has not, and `CancellationError` when stopped.
  public static func run(
    _ settings: RunSettings, prepared: PreparedData, families: ModelFamilies = .standard, workers: Workers = .serial,
    progress: (Int) -> Bool = { _ in true }
  ) throws -> RunResult {
    let training = try train(settings, prepared: prepared, families: families, workers: workers, progress: progress)
    return try measure(training, settings, prepared: prepared, workers: workers)
  }

  /// The model of some settings, a function of its `ModelSettings` alone. Throws as `run` does.
  public static func train(
    _ settings: RunSettings, prepared: PreparedData, families: ModelFamilies = .standard, workers: Workers = .serial,
    progress: (Int) -> Bool = { _ in true }
  ) throws -> FinishedTraining {
    let model = ModelSettings(settings)
    return try train(model, of: families.family(of: model), on: prepared.laboratory, workers, progress)
  }

  private static func train(
    _ settings: ModelSettings, of family: some ModelFamily, on laboratory: any Laboratory, _ workers: Workers,
    _ progress: (Int) -> Bool
  ) throws -> FinishedTraining {
    let key = RandomKey(seed: settings.seed)
    let start = try family.start(settings, on: laboratory, key: key.child("start"))
    let table = TimeTable(
      grid: settings.times, process: settings.process.process, prediction: settings.training.prediction,
      weight: settings.training.weight)
    return FinishedTraining(
      try family.train(
        start, by: Trainer(settings: settings.training, table: table), on: laboratory,
        key: key.child("training").child(settings.capacity), workers: workers, progress: progress))
  }

  /// Samples a trained model and measures it. Throws `ModelFamilyError` for a sampler that the model has not.
  public static func measure(
    _ trained: FinishedTraining, _ settings: RunSettings, prepared: PreparedData, workers: Workers = .serial
  ) throws -> RunResult {
    let clock = ContinuousClock()
    let begin = clock.now
    var record = RunRecord(
      identifier: settings.identifier, settings: settings, outcome: .finished, measurements: nil,
      timing: RunTiming(
        trainingSeconds: trained.seconds, secondsPerStep: trained.seconds / Double(max(trained.steps, 1)),
        evaluationSeconds: 0))
    if let step = trained.divergedAt {
      record.outcome = .diverged(
        step: step, advice: "loss or gradient not finite: lower peakRate or clipNorm, or start with a larger std")
      return RunResult(record: record, model: trained.model, samples: nil)
    }
    let samples = try sample(trained.model, settings, workers)
    record.measurements = measurements(trained, samples, settings, prepared, workers)
    record.timing.evaluationSeconds = (clock.now - begin) / .seconds(1)
    return RunResult(record: record, model: trained.model, samples: samples)
  }

  /// Samples of a trained model as the configuration asks for them, shape (n, d). `key`: nil means the run's own.
  ///
  /// Throws `ModelFamilyError` where the sampler is `exact` and the model has no exact draws.
  public static func sample(
    _ model: any LaboratoryModel, _ settings: RunSettings, count: Int? = nil, key: RandomKey? = nil, _ workers: Workers
  ) throws(ModelFamilyError) -> Matrix {
    if let model = model as? any ExactModel { return sample(model, settings, count: count, key: key, workers) }
    guard let sampler = settings.configuration.evaluation.sampler.sampler else {
      let family = ModelSettings(settings).familyName
      throw ModelFamilyError(
        "sampler: 'exact' is not for models of the family '\(family)'; allowed: \(SamplerName.stepping)")
    }
    return stepped(model, by: sampler, settings, count, key, workers)
  }

  /// The same of a model that has exact draws.
  public static func sample(
    _ model: any ExactModel, _ settings: RunSettings, count: Int? = nil, key: RandomKey? = nil, _ workers: Workers
  ) -> Matrix {
    if let sampler = settings.configuration.evaluation.sampler.sampler {
      return stepped(model, by: sampler, settings, count, key, workers)
    }
    return model.draws(count ?? settings.configuration.evaluation.samples, key: Self.key(settings, key))
  }

  private static func key(_ settings: RunSettings, _ key: RandomKey?) -> RandomKey {
    (key ?? RandomKey(seed: settings.configuration.seed).child("sampling")).child(settings.capacity)
  }

  private static func stepped(
    _ model: any LaboratoryModel, by sampler: any Sampler, _ settings: RunSettings, _ count: Int?, _ key: RandomKey?,
    _ workers: Workers
  ) -> Matrix {
    let (configuration, evaluation) = (settings.configuration, settings.configuration.evaluation)
    let process = configuration.process.process
    return Sampling.sample(
      count: count ?? evaluation.samples, dimension: model.dimension, denoiser: model.prepared, process: process,
      times: (evaluation.samplingTimes ?? configuration.times).times(of: process),
      sampler: sampler, key: Self.key(settings, key), workers: workers)
  }

  private static func measurements(
    _ trained: FinishedTraining, _ samples: Matrix, _ settings: RunSettings, _ prepared: PreparedData,
    _ workers: Workers
  ) -> Measurements {
    let configuration = settings.configuration
    let laboratory = prepared.laboratory
    let losses = losses(of: trained.model, settings, prepared, workers)
    let mixture = trained.model as? any ComponentModel
    let means = mixture.map {
      LearnedMeans(
        means: $0.componentMeans, training: laboratory.train, trueMeans: laboratory.trueMeans, workers: workers)
    }
    return Measurements(
      ratio: MemorizationTest(criterion: configuration.evaluation.criterion)
        .ratio(of: samples, training: laboratory.train, workers: workers),
      null: prepared.null, learnedStd: mixture.map { abs($0.std) }, finalLoss: finalLoss(losses[0]),
      meanToSample: means?.toSample, meanToTrueMean: means?.toTrueMean, clippedShare: trained.clippedShare,
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
    // Only components stand for samples that a model may hold.
    guard model is any ComponentModel, settings.capacity <= count else {
      return losses.measure([(.trained, model.prepared)])
    }
    let subset = MixtureModel.memorizedSubset(
      components: settings.capacity, of: count, key: RandomKey(seed: configuration.seed).child("start"))
    let partial = PartiallyMemorizingDenoiser(samples: laboratory.train, subset: subset)
    return losses.measure([(.trained, model.prepared), (.partial, partial)])
  }

  /// Mean over the grid's times of the noise-prediction loss psi_t |x0_hat - x0|^2.
  private static func finalLoss(_ loss: LossByTime) -> Double {
    zip(loss.signalToNoise, loss.losses).reduce(0) { $0 + $1.0 * $1.1.value } / Double(loss.losses.count)
  }
}
