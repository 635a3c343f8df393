// SPDX-License-Identifier: MIT
public import Diffusion
internal import Foundation

extension TrainingSettings {
  /// Steps of the paper, appendix H; the unit in which `quick` measures its own.
  public static let paperSteps = 50_000
  /// Noise draws per sample and step of the paper, appendix H.
  public static let paperDraws = 100
  /// The fewest steps `quick` can be rescaled to: k = 50 halves the update average at each step.
  public static let fewestQuickSteps = 1_000

  /// A budget that a preset cannot have.
  public enum PresetError: Error, Hashable, CustomStringConvertible {
    /// k = paper's steps / steps would exceed 50.
    case tooFewSteps(Int, of: Int)
    /// A preset of pictures without pictures.
    case imagesOnly(Preset)

    public var description: String {
      switch self {
      case .tooFewSteps(let steps, let paperSteps):
        "steps: \(steps) is too few for a quick preset (k = \(paperSteps)/steps must not exceed 50); "
          + "allowed: \(paperSteps / 50) or more"
      case .imagesOnly(let preset): "preset: '\(preset.rawValue)' is one of pictures; allowed: paper, quick"
      }
    }
  }

  /// Appendix H as it stands: Adam (0.9, 0.999, 1e-8), update average 0.99, rate 0 -> 1e-3 -> 1e-6, clip 1e9.
  ///
  /// Another number of steps keeps these constants, which is what goes wrong below 50,000: see `warning`.
  public static func paper(
    steps: Int = paperSteps, draws: Int = paperDraws, prediction: Prediction = .noise, weight: LossWeight = .unit,
    kernel: KernelChoice = .auto
  ) -> TrainingSettings {
    rescaled(by: 1, preset: .paper, steps: steps, draws: draws, prediction: prediction, weight: weight, kernel: kernel)
  }

  /// The paper's training in fewer steps, time constants rescaled with k = 50,000 / steps:
  /// beta2 = 1 - 0.001 k, update average 1 - 0.01 k, peak rate 1e-3 k^0.7, warm-up the first tenth.
  ///
  /// Throws `PresetError.tooFewSteps` for k > 50.
  public static func quick(
    steps: Int = 5_000, draws: Int = 4, prediction: Prediction = .noise, weight: LossWeight = .unit,
    kernel: KernelChoice = .auto
  ) throws(PresetError) -> TrainingSettings {
    guard steps >= fewestQuickSteps else { throw .tooFewSteps(steps, of: paperSteps) }
    return rescaled(
      by: Double(paperSteps) / Double(steps), preset: .quick, steps: steps, draws: draws, prediction: prediction,
      weight: weight, kernel: kernel)
  }

  private static func rescaled(
    by k: Double, preset: Preset, steps: Int, draws: Int, prediction: Prediction, weight: LossWeight,
    kernel: KernelChoice
  ) -> TrainingSettings {
    precondition(steps >= 1 && draws >= 1, "\(steps) steps of \(draws) draws")
    return TrainingSettings(
      preset: preset, steps: steps, draws: draws, prediction: prediction, weight: weight, kernel: kernel,
      peakRate: 1e-3 * pow(k, 0.7), finalRate: 1e-6, warmUpSteps: steps / 10, beta1: 0.9, beta2: 1 - 0.001 * k,
      epsilon: 1e-8, updateDecay: 1 - 0.01 * k, clipNorm: 1e9)
  }

  /// What goes wrong when the paper's constants meet fewer steps than the paper's; nil when nothing does.
  ///
  /// Adam forgets the first gradient of std as beta2^n; the figures are those of (d, K, N) = (30, 3, 50).
  public var warning: String? {
    // The clip tells the settings of pictures from these.
    if clipNorm <= 1e3 || preset == .paperText || preset == .quickText { return imageWarning }
    guard preset == .paper, steps < Self.paperSteps else { return nil }
    return "\(steps) steps with the paper's constants do not give the paper's curve: Adam's second moment forgets "
      + "the first gradient of std (about 1e9) only as 0.999^n, so std stays frozen for about 20,000 steps; "
      + "20,000 steps move M_pt/N from .78 to about .6, and 10,000 or fewer memorize at every M. "
      + "Use preset quick, which rescales the constants."
  }

  /// The same for pictures; measured with the settings of the run file at (K, N) = (6, 100).
  private var imageWarning: String? {
    let isQuick = preset == .quick || preset == .quickText
    guard steps < (isQuick ? 30_000 : Self.imageSteps) else { return nil }
    return isQuick
      ? "\(steps) steps are too few for the curve of pictures: with 30,000 it is kept, with 10,000 its start is lost, "
        + "with 4,000 its transition"
      : "\(steps) steps with the constants of \(Self.imageSteps) steps do not give the same curve: models memorize at "
        + "much smaller M; use a quick preset, which rescales the constants"
  }
}
