// SPDX-License-Identifier: MIT
public import Statistics

/// One point of a measured memorization curve: of `trials` samples of a model with M components, `memorized` are.
public struct CurvePoint: Sendable, Codable, Hashable {
  /// M.
  public let components: Int
  /// Samples that pass the memorization test.
  public let memorized: Int
  /// Samples drawn.
  public let trials: Int

  /// M >= 1 and 0 <= memorized <= trials, trials >= 1; other counts stop the program.
  public init(components: Int, memorized: Int, trials: Int) {
    precondition(components >= 1, "\(components) components")
    precondition(trials >= 1 && (0...trials).contains(memorized), "\(memorized) memorized of \(trials)")
    (self.components, self.memorized, self.trials) = (components, memorized, trials)
  }

  /// The point of a measured ratio (its value times its trials is a whole number of samples).
  public init(components: Int, ratio: Estimate) {
    self.init(
      components: components, memorized: Int((ratio.value * Double(ratio.trials)).rounded()), trials: ratio.trials)
  }

  /// The memorization ratio.
  public var ratio: Double { Double(memorized) / Double(trials) }
}
