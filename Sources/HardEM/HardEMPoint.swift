// SPDX-License-Identifier: MIT
public import Memorization
public import Statistics

/// One capacity M of a predicted curve.
public struct HardEMPoint: Sendable, Codable, Hashable {
  /// M.
  public let components: Int
  /// Of `trials` samples of the mixture, how many are memorized.
  public let memorized: Int
  /// Samples drawn from the mixture.
  public let trials: Int
  /// The predicted learned standard deviation; for several draws of data the mean over them.
  public let learnedStd: Double
  /// The share of components that hold one training sample; for several draws the mean over them.
  public let singletonShare: Double

  /// Counts and means that are known already; `HardEM.curve` finds them.
  public init(components: Int, memorized: Int, trials: Int, learnedStd: Double, singletonShare: Double) {
    (self.components, self.memorized, self.trials) = (components, memorized, trials)
    (self.learnedStd, self.singletonShare) = (learnedStd, singletonShare)
  }

  /// The memorization ratio with its Wilson 95 % interval over the drawn samples; the spread over data is not in it.
  public var ratio: Estimate { Wilson.interval(successes: memorized, trials: trials) }

  /// The point as a measured curve has it.
  public var curvePoint: CurvePoint { CurvePoint(capacity: components, memorized: memorized, trials: trials) }
}
