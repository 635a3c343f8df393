// SPDX-License-Identifier: MIT
internal import Foundation

/// A descending list of times, shared by training and sampling.
///
/// * uniform: equal steps in t. The paper's grid is 26 times from 0.999 down to 0.001.
/// * karras: equal steps in (sigma / alpha)^(1 / rho), Karras et al. 2022, equation (5).
/// * logSNR: equal steps in log(alpha^2 / sigma^2).
public struct TimeGrid: Sendable, Codable, Hashable {
  /// In what the steps of a grid are equal.
  public enum Spacing: Sendable, Codable, Hashable {
    /// In t.
    case uniform
    /// In (sigma / alpha)^(1 / rho), Karras et al. 2022, equation (5); finer near the data for larger rho.
    case karras(rho: Double)
    /// In log(alpha^2 / sigma^2).
    case logSNR
  }

  /// In what the steps are equal.
  public var spacing: Spacing
  /// The first (noisiest, largest) time.
  public var first: Double
  /// The last (cleanest, smallest) time.
  public var last: Double
  /// The number of times, both ends included.
  public var count: Int

  /// Values as given: `first` > `last`, both in the domain of the process, `count` >= 1 are not checked here.
  public init(spacing: Spacing = .uniform, first: Double, last: Double, count: Int) {
    self.spacing = spacing
    self.first = first
    self.last = last
    self.count = count
  }

  /// The paper's grid, appendix H: 26 uniform times from 0.999 to 0.001.
  public static let paper = TimeGrid(first: 0.999, last: 0.001, count: 26)

  /// The times, descending. A grid of one time is its first.
  public func times(of process: any DiffusionProcess) -> [Double] {
    guard count > 1 else { return [first] }
    return (0..<count).map { index in
      if index == 0 { return first }
      if index == count - 1 { return last }
      let fraction = Double(index) / Double(count - 1)
      switch spacing {
      case .uniform:
        return first + fraction * (last - first)
      case .karras(let rho):
        let ratios = (
          pow(process.sigma(first) / process.alpha(first), 1 / rho),
          pow(process.sigma(last) / process.alpha(last), 1 / rho)
        )
        let noiseToSignal = pow(ratios.0 + fraction * (ratios.1 - ratios.0), rho)
        return process.time(logSNR: -2 * log(noiseToSignal))
      case .logSNR:
        let (start, end) = (process.logSNR(first), process.logSNR(last))
        return process.time(logSNR: start + fraction * (end - start))
      }
    }
  }
}
