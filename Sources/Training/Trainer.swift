// SPDX-License-Identifier: MIT
public import Denoisers
public import Distributions
internal import Foundation
public import Kernels

/// Gradient descent on the denoising loss (6), (7): equal study and key give equal numbers.
public struct Trainer: Sendable {
  /// Optimizer, steps, draws and kernel.
  public let settings: TrainingSettings
  /// The times, their scales and weights.
  public let table: TimeTable

  /// The table must be that of the settings' prediction and weight: it is not checked here.
  public init(settings: TrainingSettings, table: TimeTable) {
    (self.settings, self.table) = (settings, table)
  }

  /// Trains `start` on `samples` (N, d). `progress` is told the steps done, now and then; it returns false to stop.
  ///
  /// Throws `CancellationError` when `progress` asked to stop.
  public func train(
    _ start: MixtureModel, on samples: Matrix, key: RandomKey, workers: Workers = .serial,
    progress: (Int) -> Bool = { _ in true }
  ) throws -> TrainedModel {
    let kernel = StepKernel(
      samples: samples, components: start.componentCount, priors: start.priors, draws: settings.draws, table: table,
      options: .init(settings.kernel, components: start.componentCount), workers: workers)
    return try train(start, by: kernel, key: key, progress: progress)
  }

  /// The same for the image model.
  public func train(
    _ start: ColoredTemplateModel, on samples: ColoredSamples, key: RandomKey, workers: Workers = .serial,
    progress: (Int) -> Bool = { _ in true }
  ) throws -> TrainingResult<ColoredTemplateModel> {
    let kernel = ColoredStepKernel(
      samples: samples, components: start.componentCount, logDeterminant: start.logDeterminant,
      draws: settings.draws, table: table, options: .init(settings.kernel, components: start.componentCount),
      workers: workers)
    return try train(start, by: kernel, key: key, progress: progress)
  }

  /// Trains any model by the steps of `kernel`, whose parameters are the model's.
  public func train<Model: TrainableModel>(
    _ start: Model, by kernel: some TrainingStep, key: RandomKey, progress: (Int) -> Bool = { _ in true }
  ) throws -> TrainingResult<Model> {
    var parameters = start.parameters
    var optimizer = Optimizer(count: parameters.count, settings: settings)
    var trace = LossTrace(steps: settings.steps)
    var divergedAt: Int?
    let clock = ContinuousClock()
    let begin = clock.now
    for step in 0..<settings.steps {
      if step % 64 == 0, !progress(step) { throw CancellationError() }
      let finite = parameters.withUnsafeMutableBufferPointer { parameters in
        let (loss, squaredNorm) = kernel.evaluate(
          parameters: UnsafeBufferPointer(parameters), key: key, step: step, fixed: nil)
        guard loss.isFinite, squaredNorm.isFinite else { return false }
        trace.add(loss, at: step)
        optimizer.update(parameters, along: UnsafeBufferPointer(kernel.gradient), squaredNorm: squaredNorm)
        return true
      }
      if !finite {
        divergedAt = step
        break
      }
    }
    var model = start
    model.parameters = parameters
    return TrainingResult(
      model: model, divergedAt: divergedAt, lossTrace: trace.means,
      clippedShare: Double(optimizer.clippedSteps) / Double(max(optimizer.steps, 1)), counts: kernel.counts,
      steps: optimizer.steps, seconds: (clock.now - begin) / .seconds(1))
  }
}

/// Mean losses over tenths of a training.
private struct LossTrace {
  private var sums = Array(repeating: 0.0, count: 10)
  private var counts = Array(repeating: 0, count: 10)
  private let steps: Int

  init(steps: Int) { self.steps = max(steps, 1) }

  mutating func add(_ loss: Double, at step: Int) {
    sums[step * 10 / steps] += loss
    counts[step * 10 / steps] += 1
  }

  var means: [Double] { zip(sums, counts).compactMap { $1 > 0 ? $0 / Double($1) : nil } }
}

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
