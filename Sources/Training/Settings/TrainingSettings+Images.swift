// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Foundation

extension TrainingSettings {
  /// Steps of the paper for pictures (section 4.2); the unit in which the quick presets measure their own.
  public static let imageSteps = 100_000

  /// The authors' run file: rate 0 -> 1e-4 -> 1e-8 with a warm-up of 5 %, clip 1e3, update average 0.1.
  ///
  /// These settings, not those of the paper's text, give the published curve (`Documentation/Findings.md`). Fewer steps are
  /// rescaled under `quick` with k = 100,000 / steps: beta2 = 1 - 0.001 k, both rates times k.
  static func runFile(_ preset: Preset, k: Double, steps: Int, draws: Int) -> TrainingSettings {
    TrainingSettings(
      preset: preset, steps: steps, draws: draws, prediction: .noise, weight: .unit, kernel: .auto,
      peakRate: 1e-4 * k, finalRate: 1e-8 * k, warmUpSteps: steps / 20, beta1: 0.9, beta2: 1 - 0.001 * k,
      epsilon: 1e-8, updateDecay: 0.1, clipNorm: 1e3)
  }

  /// The paper's text: rate 0 -> 1e-3 -> 1e-6 with a warm-up of 10 %, clip 1e9, update average 0.99 (as appendix H).
  ///
  /// Fewer steps are rescaled under `quick-text` as the isotropic preset's are.
  static func paperText(_ preset: Preset, k: Double, steps: Int, draws: Int) -> TrainingSettings {
    TrainingSettings(
      preset: preset, steps: steps, draws: draws, prediction: .noise, weight: .unit, kernel: .auto,
      peakRate: 1e-3 * pow(k, 0.7), finalRate: 1e-6, warmUpSteps: steps / 10, beta1: 0.9, beta2: 1 - 0.001 * k,
      epsilon: 1e-8, updateDecay: 1 - 0.01 * k, clipNorm: 1e9)
  }
}

extension Preset {
  /// The settings of a preset; `steps` nil means its own number. Throws `PresetError`.
  public func settings(
    forImages: Bool, steps: Int?
  ) throws(TrainingSettings.PresetError) -> TrainingSettings {
    guard forImages else {
      switch self {
      case .paper: return .paper(steps: steps ?? TrainingSettings.paperSteps)
      case .quick: return try .quick(steps: steps ?? 5_000)
      case .paperText, .quickText: throw .imagesOnly(self)
      }
    }
    let all = TrainingSettings.imageSteps
    let count = steps ?? (self == .paper || self == .paperText ? all : 30_000)
    let k = self == .paper || self == .paperText ? 1 : Double(all) / Double(count)
    guard k <= 50 else { throw .tooFewSteps(count, of: all) }
    return switch self {
    case .paper: .runFile(self, k: k, steps: count, draws: TrainingSettings.paperDraws)
    case .quick: .runFile(self, k: k, steps: count, draws: 1)
    case .paperText: .paperText(self, k: k, steps: count, draws: TrainingSettings.paperDraws)
    case .quickText: .paperText(self, k: k, steps: count, draws: 1)
    }
  }
}
