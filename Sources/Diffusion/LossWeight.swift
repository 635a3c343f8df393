// SPDX-License-Identifier: MIT

/// A weighting lambda(t) on top of the loss of the chosen prediction.
///
/// The paper's loss is `.unit` with noise prediction (that is lambda = psi in clean space).
public enum LossWeight: Sendable, Codable, Hashable {
  /// lambda = 1.
  case unit
  /// psi_t = alpha^2 / sigma^2.
  case signalToNoise
  /// alpha_t^2.
  case alphaSquared
  /// min(psi_t, limit) / psi_t: the weight that makes noise prediction min-SNR (Hang et al. 2023, equation (4)).
  /// On another prediction it is that factor on that prediction's loss.
  case minSNR(limit: Double)
  /// One value per time of the grid, in its order.
  case table([Double])

  /// lambda at the index-th time of a grid.
  public func value(at t: Double, index: Int, process: any DiffusionProcess) -> Double {
    switch self {
    case .unit: return 1
    case .signalToNoise: return process.signalToNoise(t)
    case .alphaSquared:
      let alpha = process.alpha(t)
      return alpha * alpha
    case .minSNR(let limit):
      let psi = process.signalToNoise(t)
      return min(psi, limit) / psi
    case .table(let values):
      precondition(index < values.count, "weight table of \(values.count) values has no index \(index)")
      return values[index]
    }
  }
}
