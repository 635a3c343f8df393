// SPDX-License-Identifier: MIT
public import Sampling

/// The sampler a study can name.
public enum SamplerName: String, Sendable, Codable, CaseIterable, Hashable {
  /// DDIM (310), ancestral DDPM, Euler and Heun on the probability flow: Documentation/Choosing.md.
  case ddim, ddpm, euler, heun
  /// Independent samples of the trained mixture itself: the limit of ever more sampling steps.
  case exact

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

  /// How often the denoiser is evaluated at each time.
  public var evaluationsPerTime: Int {
    switch self {
    case .ddim, .ddpm, .euler: 1
    case .heun: 2
    case .exact: 0
    }
  }

  /// `ddim, ddpm, euler, heun or exact`, for sentences.
  public static let words = stepping + " or exact"

  /// Those that take steps: `ddim, ddpm, euler, heun`.
  public static let stepping = allCases.filter { $0 != .exact }.map(\.rawValue).joined(separator: ", ")
}
