// SPDX-License-Identifier: MIT

/// Which log-determinant weighs the components of a coloured-template mixture.
///
///     log det(alpha^2 Sigma + sigma^2 I) = 2 C h w log sigma + C log(1 + alpha^2 s |T|^2 / sigma^2), equation (325)
public enum LogDeterminant: String, Sendable, Codable, CaseIterable, Hashable {
  /// The formula above.
  case exact
  /// What the authors' code computes: factor 1 in place of the last C. Only to reproduce its numbers.
  case paperCode = "paper-code"

  /// The factor of log(1 + alpha^2 s |T|^2 / sigma^2).
  public func factor(channels: Int) -> Double {
    switch self {
    case .exact: Double(channels)
    case .paperCode: 1
    }
  }
}
