// SPDX-License-Identifier: MIT
public import Statistics

/// One point of a measured memorization curve: of `trials` samples of a model of some capacity, `memorized` are.
public struct CurvePoint: Sendable, Codable, Hashable {
  /// The capacity: M of a mixture.
  public let capacity: Int
  /// Samples that pass the memorization test.
  public let memorized: Int
  /// Samples drawn.
  public let trials: Int

  /// M >= 1 and 0 <= memorized <= trials, trials >= 1; other counts stop the program.
  public init(capacity: Int, memorized: Int, trials: Int) {
    precondition(capacity >= 1, "capacity \(capacity)")
    precondition(trials >= 1 && (0...trials).contains(memorized), "\(memorized) memorized of \(trials)")
    (self.capacity, self.memorized, self.trials) = (capacity, memorized, trials)
  }

  /// The point of a measured ratio (its value times its trials is a whole number of samples).
  public init(capacity: Int, ratio: Estimate) {
    self.init(
      capacity: capacity, memorized: Int((ratio.value * Double(ratio.trials)).rounded()), trials: ratio.trials)
  }

  /// The memorization ratio.
  public var ratio: Double { Double(memorized) / Double(trials) }
}
