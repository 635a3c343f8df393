// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion

/// What a study means where it says nothing. Documentation/Studies.md lists the same values.
enum StudyDefaults {
  static let dimension = 30
  static let trueComponents = 3
  static let samples = 50
  static let variance = 1.0
  static let seed: UInt64 = 0
  /// Ten more M between the start and the end of the transition, as in the paper.
  static let refinement = 10
  static let evaluationSamples = 2000
  static let componentRatio = 1.0
  static let duplicates = 0.0
  static let heldOutSamples = 2000
  static let criterion = 1.0 / 3.0
  static let maximumRuns = 10_000
  /// Karras et al. 2022, section 3.
  static let rho = 7.0

  /// vp and fm: the paper's 26 uniform times. ve: 26 Karras times (rho 7) from 22.3 to 0.001.
  ///
  /// In ve t is the noise-to-signal ratio itself. 22.3 is that of vp at t = 0.999 (t / sqrt(1 - t^2))
  /// and 0.001 that at t = 0.001, so the grids span the same noise. Equal steps in t would put 24 of the
  /// 26 times above 0.9, where vp has 9.
  static func times(of process: ProcessName) -> TimeGrid {
    switch process {
    case .vp, .fm: .paper
    case .ve: TimeGrid(spacing: .karras(rho: rho), first: 22.3, last: 0.001, count: 26)
    }
  }
}
