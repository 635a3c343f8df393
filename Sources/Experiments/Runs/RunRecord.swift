// SPDX-License-Identifier: MIT
public import Memorization
public import Statistics

/// How a training ended. A numerical failure is a recorded outcome with advice, not a crash.
public enum RunOutcome: Sendable, Codable, Hashable {
  case finished
  case diverged(step: Int, advice: String)
}

/// Wall times; kept out of everything that must be byte-identical.
public struct RunTiming: Sendable, Codable, Hashable {
  /// Zero where the model was there already.
  public var trainingSeconds: Double
  /// Wall time of a training step, without evaluation; zero where the model was there already.
  public var secondsPerStep: Double
  public var evaluationSeconds: Double

  public init(trainingSeconds: Double, secondsPerStep: Double, evaluationSeconds: Double) {
    (self.trainingSeconds, self.secondsPerStep) = (trainingSeconds, secondsPerStep)
    self.evaluationSeconds = evaluationSeconds
  }
}

/// What was measured on one trained model; absent when the training diverged.
public struct Measurements: Sendable, Codable, Hashable {
  /// Memorization ratio of the model's samples, Wilson interval.
  public var ratio: Estimate
  /// The same test on held-out samples: the null of the ratio.
  public var null: Estimate
  /// Of a mixture: the learned standard deviation.
  public var learnedStd: Double?
  /// Mean noise-prediction loss over the grid's times, fixed evaluation key.
  public var finalLoss: Double
  /// Of a mixture: distances of the learned means to the nearest training sample and to the nearest true mean.
  public var meanToSample: Quantiles?
  public var meanToTrueMean: Quantiles?
  /// Share of steps whose gradient was clipped.
  public var clippedShare: Double
  /// Losses of the denoisers over time: trained and partial per run; memorizing and generalizing too
  /// (they depend on the data alone and are equal for all M). Empty when not asked for.
  public var losses: [LossByTime]

  public init(
    ratio: Estimate, null: Estimate, learnedStd: Double?, finalLoss: Double, meanToSample: Quantiles?,
    meanToTrueMean: Quantiles?, clippedShare: Double, losses: [LossByTime]
  ) {
    (self.ratio, self.null, self.learnedStd, self.finalLoss) = (ratio, null, learnedStd, finalLoss)
    (self.meanToSample, self.meanToTrueMean) = (meanToSample, meanToTrueMean)
    (self.clippedShare, self.losses) = (clippedShare, losses)
  }
}

/// One finished training: its settings, what was measured, how long it took. One line of `runs.jsonl`.
public struct RunRecord: Sendable, Codable, Hashable {
  public static let schema = 1
  public var schema = RunRecord.schema
  /// Content hash of `settings`: the identity of the run.
  public var identifier: String
  public var settings: RunSettings
  public var outcome: RunOutcome
  public var measurements: Measurements?
  public var timing: RunTiming

  public init(
    identifier: String, settings: RunSettings, outcome: RunOutcome, measurements: Measurements?, timing: RunTiming
  ) {
    (self.identifier, self.settings, self.outcome) = (identifier, settings, outcome)
    (self.measurements, self.timing) = (measurements, timing)
  }
}
