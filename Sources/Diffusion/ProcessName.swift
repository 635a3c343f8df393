// SPDX-License-Identifier: MIT

/// The processes a study can name.
public enum ProcessName: String, Sendable, Codable, CaseIterable, Hashable {
  /// Variance preserving: alpha = sqrt(1 - t^2), sigma = t.
  case vp
  /// Variance exploding: alpha = 1, sigma = t.
  case ve
  /// Flow matching: alpha = 1 - t, sigma = t.
  case fm

  /// The process of that name.
  public var process: any DiffusionProcess {
    switch self {
    case .vp: VariancePreserving()
    case .ve: VarianceExploding()
    case .fm: FlowMatching()
    }
  }
}
