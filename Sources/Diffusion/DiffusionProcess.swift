// SPDX-License-Identifier: MIT
internal import Foundation

/// A noising process: `x_t = alpha(t) x_0 + sigma(t) z`, z ~ N(0, I), equation (2).
///
/// alpha and sigma are always computed in double precision from t. Each process owns the times at
/// which it is defined and the law N(0, priorStd^2 I) from which sampling starts.
public protocol DiffusionProcess: Sendable {
  /// Short name used in studies, files and reports: `vp`, `ve`, `fm`.
  var name: String { get }
  /// The signal's scale at time t of the domain.
  func alpha(_ t: Double) -> Double
  /// The noise's scale at time t of the domain, above 0.
  func sigma(_ t: Double) -> Double
  /// d alpha / dt.
  func alphaPrime(_ t: Double) -> Double
  /// d sigma / dt.
  func sigmaPrime(_ t: Double) -> Double
  /// The times at which the process may be evaluated (alpha and sigma finite, sigma > 0).
  var domain: ClosedRange<Double> { get }
  /// Standard deviation of the law from which sampling starts at time `first`.
  func priorStd(first: Double) -> Double
  /// The time with the given log signal-to-noise ratio log(alpha^2 / sigma^2).
  func time(logSNR: Double) -> Double
}

extension DiffusionProcess {
  /// psi_t = alpha^2 / sigma^2.
  public func signalToNoise(_ t: Double) -> Double {
    let ratio = alpha(t) / sigma(t)
    return ratio * ratio
  }

  /// log(alpha^2 / sigma^2), natural.
  public func logSNR(_ t: Double) -> Double { 2 * log(alpha(t) / sigma(t)) }
}
