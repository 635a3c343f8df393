// SPDX-License-Identifier: MIT
internal import CKernels
internal import Foundation

/// The paper's optimizer: clip by global norm, Adam under a schedule, debiased average of the updates, add.
///
/// One fused pass over the flat parameters; equal to `GradientClipping`, `Adam` and `UpdateMomentum` in a row.
public struct Optimizer: Sendable {
  /// Rates, decays and the limit of the clipping are read from them.
  public let settings: TrainingSettings
  private let schedule: LearningRateSchedule
  private let clipping: GradientClipping
  private var first, second, average: [Double]
  /// Steps taken.
  public private(set) var steps = 0
  /// Steps whose gradient was clipped.
  public private(set) var clippedSteps = 0

  /// `schedule` nil means that of the settings.
  public init(count: Int, settings: TrainingSettings, schedule: LearningRateSchedule? = nil) {
    self.settings = settings
    self.schedule = schedule ?? settings.schedule
    clipping = GradientClipping(limit: settings.clipNorm)
    first = Array(repeating: 0, count: count)
    second = first
    average = first
  }

  /// Moves the parameters by one step; `squaredNorm` is that of the whole gradient.
  public mutating func update(
    _ parameters: UnsafeMutableBufferPointer<Double>, along gradient: UnsafeBufferPointer<Double>, squaredNorm: Double
  ) {
    precondition(parameters.count == first.count && gradient.count == first.count, "\(gradient.count) gradients")
    let k = Double(steps + 1)
    let scale = clipping.scale(squaredNorm: squaredNorm)
    var update = vb_update(
      scale: scale, rate: schedule.value(at: steps), beta1: settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon, correction1: 1 - pow(settings.beta1, k), correction2: 1 - pow(settings.beta2, k),
      decay: settings.updateDecay, debias: 1 - pow(settings.updateDecay, k))
    vb_optimizer_update(
      &update, Int64(first.count), gradient.baseAddress, &first, &second, &average, parameters.baseAddress)
    steps += 1
    if scale < 1 { clippedSteps += 1 }
  }
}
