// SPDX-License-Identifier: MIT
public import Memorization
public import Statistics

/// How a training ended. A numerical failure is a recorded outcome with advice, not a crash.
public enum RunOutcome: Sendable, Codable, Hashable {
  /// All steps ended with finite numbers.
  case finished
  /// Loss or gradient was not finite at `step`; `advice` says what to change.
  case diverged(step: Int, advice: String)
}

/// Wall times; kept out of everything that must be byte-identical.
public struct RunTiming: Sendable, Codable, Hashable {
  /// Zero where the model was there already.
  public var trainingSeconds: Double
  /// Wall time of a training step, without evaluation; zero where the model was there already.
  public var secondsPerStep: Double
  /// Wall time of sampling and measuring.
  public var evaluationSeconds: Double

  /// Wall times in seconds.
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
  /// Of a mixture: distances of the learned means to the nearest training sample.
  public var meanToSample: Quantiles?
  /// Of a mixture: distances of the learned means to the nearest true mean.
  public var meanToTrueMean: Quantiles?
  /// Share of steps whose gradient was clipped.
  public var clippedShare: Double
  /// Losses of the denoisers over time: trained and partial per run; memorizing and generalizing too
  /// (they depend on the data alone and are equal for all M). Empty when not asked for.
  public var losses: [LossByTime]

  /// Numbers that are measured already: of a run, or read back from a record.
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
  /// The version of this format.
  public static let schema = 1
  /// The version that the record was written with.
  public var schema = RunRecord.schema
  /// Content hash of `settings`: the identity of the run.
  public var identifier: String
  /// Everything that determines the numbers.
  public var settings: RunSettings
  /// How the training ended.
  public var outcome: RunOutcome
  /// What was measured; nil when the training diverged.
  public var measurements: Measurements?
  /// How long it took on this machine.
  public var timing: RunTiming

  /// A record of this version; `identifier` must be the hash of `settings`.
  public init(
    identifier: String, settings: RunSettings, outcome: RunOutcome, measurements: Measurements?, timing: RunTiming
  ) {
    (self.identifier, self.settings, self.outcome) = (identifier, settings, outcome)
    (self.measurements, self.timing) = (measurements, timing)
  }
}
