// SPDX-License-Identifier: MIT
internal import Foundation

/// alpha = 1, sigma = t, on t > 0; starts from N(0, sigma_max^2 I), sigma_max the first time's.
public struct VarianceExploding: DiffusionProcess {
  /// The process has no parameters.
  public init() {}
  public var name: String { "ve" }
  /// 1 at all times: the signal is not scaled.
  public func alpha(_ t: Double) -> Double { 1 }
  /// t.
  public func sigma(_ t: Double) -> Double { t }
  public func alphaPrime(_ t: Double) -> Double { 0 }
  public func sigmaPrime(_ t: Double) -> Double { 1 }
  public var domain: ClosedRange<Double> { 1e-6...1e6 }
  /// sigma at the first time.
  public func priorStd(first: Double) -> Double { sigma(first) }
  /// alpha^2 / sigma^2 = r gives t = r^(-1/2).
  public func time(logSNR: Double) -> Double { exp(-logSNR / 2) }
}
