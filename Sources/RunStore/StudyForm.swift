// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion

/// Settings with a payload in short texts for table cells, in the words of a study file.
enum StudyForm {
  /// `partial-memorization std=0.001`.
  static func text(_ initialization: Initialization) -> String {
    let payload =
      switch initialization {
      case .partialMemorization(let std), .truth(let std), .sphere(nil, let std): "std=\(std)"
      case .gaussian(let scale, let std): "scale=\(scale) std=\(std)"
      case .sphere(let radius?, let std): "radius=\(radius) std=\(std)"
      }
    return "\(initialization.name) \(payload)"
  }

  /// `uniform first=0.999 last=0.001 count=26`.
  static func text(_ grid: TimeGrid) -> String {
    let spacing =
      switch grid.spacing {
      case .uniform: "uniform"
      case .karras(let rho): "karras rho=\(rho)"
      case .logSNR: "log-snr"
      }
    return "\(spacing) first=\(grid.first) last=\(grid.last) count=\(grid.count)"
  }

  /// `unit`; a table is spelled out, for two tables are two configurations.
  static func text(_ weight: LossWeight) -> String {
    switch weight {
    case .unit: "unit"
    case .signalToNoise: "signal-to-noise"
    case .alphaSquared: "alpha-squared"
    case .minSNR(let limit): "min-snr limit=\(limit)"
    case .table(let values): "table " + values.map { "\($0)" }.joined(separator: " ")
    }
  }
}
