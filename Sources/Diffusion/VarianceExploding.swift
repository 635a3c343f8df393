// SPDX-License-Identifier: MIT
internal import Foundation

/// alpha = 1, sigma = t, on t > 0; starts from N(0, sigma_max^2 I), sigma_max the first time's.
public struct VarianceExploding: DiffusionProcess {
  public init() {}
  public var name: String { "ve" }
  public func alpha(_ t: Double) -> Double { 1 }
  public func sigma(_ t: Double) -> Double { t }
  public func alphaPrime(_ t: Double) -> Double { 0 }
  public func sigmaPrime(_ t: Double) -> Double { 1 }
  public var domain: ClosedRange<Double> { 1e-6...1e6 }
  public func priorStd(first: Double) -> Double { sigma(first) }
  public func time(logSNR: Double) -> Double { exp(-logSNR / 2) }
}
