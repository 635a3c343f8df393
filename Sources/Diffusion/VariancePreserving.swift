// SPDX-License-Identifier: MIT
internal import Foundation

/// The paper's process: alpha = sqrt(1 - t^2), sigma = t, on 0 < t < 1; starts from N(0, I).
public struct VariancePreserving: DiffusionProcess {
  /// The process has no parameters.
  public init() {}
  public var name: String { "vp" }
  // (1 - t)(1 + t) keeps the digits of 1 - t^2 near t = 1.
  /// sqrt(1 - t^2).
  public func alpha(_ t: Double) -> Double { ((1 - t) * (1 + t)).squareRoot() }
  /// t.
  public func sigma(_ t: Double) -> Double { t }
  /// -t / sqrt(1 - t^2).
  public func alphaPrime(_ t: Double) -> Double { -t / alpha(t) }
  public func sigmaPrime(_ t: Double) -> Double { 1 }
  public var domain: ClosedRange<Double> { 1e-6...(1 - 1e-6) }
  public func priorStd(first: Double) -> Double { 1 }
  /// alpha^2 / sigma^2 = r gives t = (1 + r)^(-1/2).
  public func time(logSNR: Double) -> Double { 1 / (1 + exp(logSNR)).squareRoot() }
}
