// SPDX-License-Identifier: MIT
public import Diffusion

/// The budgets a study can name.
public enum Preset: String, Sendable, Codable, CaseIterable, Hashable {
  /// Appendix H as it stands: 50,000 steps, 100 draws. Pictures: the settings of the authors' run file, 100,000 steps.
  case paper
  /// 5,000 steps x 4 draws with time constants rescaled to the number of steps. Pictures: the run file in 30,000 x 1.
  case quick
  /// Pictures only: the settings that the paper's text gives, 100,000 steps, 100 draws.
  case paperText = "paper-text"
  /// Pictures only: those in 30,000 steps x 1 draw, rescaled.
  case quickText = "quick-text"
}

/// Which training kernel computes the step. The choice of `auto` depends on shapes and parameters, never on timing.
public enum KernelChoice: String, Sendable, Codable, CaseIterable, Hashable {
  /// Every component, every draw: the reference for the others.
  case dense
  /// Components of negligible posterior weight skipped; one-hot posteriors in closed form.
  case pruned
  /// Dense or pruned, whichever the shapes ask for.
  case auto
}

/// Everything that fixes a training but data, start and seed. Defaults: appendix H.
public struct TrainingSettings: Sendable, Codable, Hashable {
  /// The budget that the other values were taken from; it changes no number by itself.
  public var preset: Preset
  /// Updates of the parameters.
  public var steps: Int
  /// Noise draws per sample and step.
  public var draws: Int
  /// What the model predicts in the loss.
  public var prediction: Prediction
  /// lambda(t) on top of the loss of `prediction`.
  public var weight: LossWeight
  /// How the step is computed.
  public var kernel: KernelChoice
  /// The largest learning rate, reached after the warm-up.
  public var peakRate: Double
  /// The learning rate that the decay ends at.
  public var finalRate: Double
  /// Steps over which the rate rises from 0 to its peak.
  public var warmUpSteps: Int
  /// Adam's decay of the first moment.
  public var beta1: Double
  /// Adam's decay of the second moment.
  public var beta2: Double
  /// What Adam adds to the root of the second moment.
  public var epsilon: Double
  /// Decay of the debiased exponential average of the *updates* (momentum, not an average of weights).
  public var updateDecay: Double
  /// Gradients of a larger global norm are scaled down to it.
  public var clipNorm: Double

  /// Every value as it will be used: nothing is checked or rescaled here. `paper` and `quick` make those of the presets.
  public init(
    preset: Preset, steps: Int, draws: Int, prediction: Prediction, weight: LossWeight, kernel: KernelChoice,
    peakRate: Double, finalRate: Double, warmUpSteps: Int, beta1: Double, beta2: Double, epsilon: Double,
    updateDecay: Double, clipNorm: Double
  ) {
    (self.preset, self.steps, self.draws) = (preset, steps, draws)
    (self.prediction, self.weight, self.kernel) = (prediction, weight, kernel)
    (self.peakRate, self.finalRate, self.warmUpSteps) = (peakRate, finalRate, warmUpSteps)
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
    (self.updateDecay, self.clipNorm) = (updateDecay, clipNorm)
  }
}
