// SPDX-License-Identifier: MIT

/// What the regression is run with; the defaults are the paper's, appendix H.
public struct FitSettings: Sendable, Hashable {
  /// tau.
  public static let temperature = 1.0 / 20
  /// The paper's factor of the entropy, appendix H.
  public static let entropyPenalty = 1e-3

  /// tau: a smaller one makes the choice of M sharper.
  public let temperature: Double
  /// Factor of `-sum_M p log p`: it favours a sharp choice of M.
  public let entropyPenalty: Double
  /// Random starting points, each optimized.
  public let starts: Int
  /// Of the starting points and of the split into train and test.
  public let seed: UInt64
  /// Share of the tuples kept for the test, in [0, 1).
  public let testShare: Double
  /// Of the optimizer, for each starting point and each of its two stages.
  public let mostIterations: Int

  /// Throws `FitError.outOfRange` with the value's name, the value and what is allowed.
  public init(
    temperature: Double = FitSettings.temperature, entropyPenalty: Double = FitSettings.entropyPenalty,
    starts: Int = 16,
    seed: UInt64 = 0, testShare: Double = 0.25, mostIterations: Int = 500
  ) throws(FitError) {
    (self.temperature, self.entropyPenalty, self.starts) = (temperature, entropyPenalty, starts)
    (self.seed, self.testShare, self.mostIterations) = (seed, testShare, mostIterations)
    func require(_ name: String, _ value: some Any, _ holds: Bool, _ allowed: String) throws(FitError) {
      guard holds else { throw .outOfRange("\(name): '\(value)' is out of range; allowed: \(allowed)") }
    }
    try require("temperature", temperature, temperature >= 1e-9 && temperature <= 1e9, "1e-9 to 1e9")
    try require("entropyPenalty", entropyPenalty, entropyPenalty >= 0 && entropyPenalty <= 1e9, "0 to 1e9")
    try require("starts", starts, (1...10_000).contains(starts), "1 to 10000")
    try require("testShare", testShare, testShare >= 0 && testShare < 1, "at least 0, below 1")
    try require("mostIterations", mostIterations, (1...1_000_000).contains(mostIterations), "1 to 1000000")
  }

  /// The defaults.
  public init() {
    do throws(FitError) { try self.init(starts: 16) } catch { preconditionFailure("a default is refused: \(error)") }
  }
}
