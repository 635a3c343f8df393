// SPDX-License-Identifier: MIT
internal import Foundation

/// Flow matching (rectified flow): alpha = 1 - t, sigma = t, on 0 < t < 1; starts from N(0, I).
public struct FlowMatching: DiffusionProcess {
  /// The process has no parameters.
  public init() {}
  public var name: String { "fm" }
  /// 1 - t.
  public func alpha(_ t: Double) -> Double { 1 - t }
  /// t.
  public func sigma(_ t: Double) -> Double { t }
  public func alphaPrime(_ t: Double) -> Double { -1 }
  public func sigmaPrime(_ t: Double) -> Double { 1 }
  public var domain: ClosedRange<Double> { 1e-6...(1 - 1e-6) }
  public func priorStd(first: Double) -> Double { 1 }
  /// (1 - t) / t = r gives t = 1 / (1 + r).
  public func time(logSNR: Double) -> Double { 1 / (1 + exp(logSNR / 2)) }
}
