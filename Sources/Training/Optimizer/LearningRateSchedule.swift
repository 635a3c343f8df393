// SPDX-License-Identifier: MIT

/// The learning rate of each step: linear warm-up, an optional plateau, linear decay.
///
/// rate(s) = initial + (peak - initial) s / warmUp for s < warmUp, peak up to steps - decay, then
/// peak + (final - peak) (s - steps + decay) / decay, and final from s = steps on. Appendix H has no
/// plateau: decay = steps - warmUp, so step s = warmUp has the peak exactly. Steps count from 0; with
/// initial = 0 the first update is zero. Known elsewhere as `wsd` (warm-up, stable, decay).
public struct LearningRateSchedule: Sendable, Codable, Hashable {
  /// The rate of step 0, unless there is no warm-up.
  public var initial: Double
  /// The rate after the warm-up.
  public var peak: Double
  /// The rate that the decay ends at, from `steps` on.
  public var final: Double
  /// Steps of the whole schedule.
  public var steps: Int
  /// Steps over which the rate rises from `initial` to `peak`.
  public var warmUp: Int
  /// Steps over which the rate falls from `peak` to `final`.
  public var decay: Int

  /// `decay` nil means all steps after the warm-up. Needs 0 <= warmUp, 0 <= decay, warmUp + decay <= steps.
  public init(initial: Double, peak: Double, final: Double, steps: Int, warmUp: Int, decay: Int? = nil) {
    let decay = decay ?? (steps - warmUp)
    precondition(
      warmUp >= 0 && decay >= 0 && warmUp + decay <= steps,
      "warm-up \(warmUp) and decay \(decay) do not fit into \(steps) steps")
    (self.initial, self.peak, self.final) = (initial, peak, final)
    (self.steps, self.warmUp, self.decay) = (steps, warmUp, decay)
  }

  /// The rate of the step with the given index, from 0.
  public func value(at step: Int) -> Double {
    precondition(step >= 0, "step \(step)")
    if step < warmUp { return initial + (peak - initial) * Double(step) / Double(warmUp) }
    let decayed = step - (steps - decay)
    if decayed <= 0 && step < steps { return peak }
    // Written from the far end, so that the last rate is `final` to the last bit.
    return decayed >= decay ? final : final + (peak - final) * Double(decay - decayed) / Double(decay)
  }
}

extension TrainingSettings {
  /// The learning rates of these settings, from 0 over `peakRate` to `finalRate`.
  public var schedule: LearningRateSchedule {
    LearningRateSchedule(initial: 0, peak: peakRate, final: finalRate, steps: steps, warmUp: warmUpSteps)
  }
}
