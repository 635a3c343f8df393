// SPDX-License-Identifier: MIT
internal import Diffusion
public import Experiments
internal import Foundation
internal import Memorization
public import Statistics
internal import Training

/// A trained and measured model as one JSON document. Other programs rely on it: names and meanings are stable.
public struct TrainingDocument: Sendable, Encodable {
  /// One of several seeds.
  public struct Repeat: Sendable, Encodable {
    /// Seed of the data, and of start, training noise and sampling.
    public let dataSeed, seed: UInt64
    /// The share of memorized samples; nil when the training diverged.
    public let ratio: Estimate?
    /// Of a mixture; nil when the training diverged.
    public let learnedStd: Double?
  }

  /// The version of this format.
  public let schema = 1
  /// d, K, N and M.
  public let dimension, trueComponents, samples, components: Int
  /// How the capacity is counted, where `components` is not M: `width`, `parameters`; absent of mixtures.
  public let capacityAxis: String?
  /// sigma_*^2.
  public let variance: Double
  /// Their names in a study.
  public let preset, kernel: String
  /// Training steps, and noise draws per sample and step.
  public let steps, draws: Int
  /// Seed of start, training noise and sampling, and of the data.
  public let seed, dataSeed: UInt64
  /// Wall time of a training step; zero where the model was there already.
  public let secondsPerStep: Double
  /// `finished`, or `diverged` with the step and advice.
  public let outcome: String
  /// Mean noise-prediction loss, and, of a mixture, the learned standard deviation; nil when the training diverged.
  public let finalLoss, learnedStd: Double?
  /// The share of memorized samples, and of memorized held-out samples; nil when the training diverged.
  public let ratio, null: Estimate?
  /// All repeats over seeds; absent for one.
  public let repeats: [Repeat]?

  /// `all`: the records of all repeats, `record` among them.
  public init(_ record: RunRecord, all: [RunRecord]) {
    let configuration = record.settings.configuration
    (dimension, trueComponents) = (configuration.data.dimension, configuration.data.trueComponents)
    (samples, variance) = (configuration.data.samples, configuration.data.variance)
    components = record.settings.capacity
    capacityAxis = configuration.axis?.rawValue
    (preset, kernel) = (configuration.training.preset.rawValue, configuration.training.kernel.rawValue)
    (steps, draws) = (configuration.training.steps, configuration.training.draws)
    (seed, dataSeed) = (configuration.seed, configuration.data.dataSeed)
    secondsPerStep = record.timing.secondsPerStep
    if case .diverged(let step, let advice) = record.outcome {
      outcome = "diverged at step \(step): \(advice)"
    } else {
      outcome = "finished"
    }
    finalLoss = record.measurements?.finalLoss
    learnedStd = record.measurements?.learnedStd
    (ratio, null) = (record.measurements?.ratio, record.measurements?.null)
    repeats =
      all.count > 1
      ? all.map { record in
        let configuration = record.settings.configuration
        return Repeat(
          dataSeed: configuration.data.dataSeed, seed: configuration.seed, ratio: record.measurements?.ratio,
          learnedStd: record.measurements?.learnedStd)
      } : nil
  }

  /// The same for a terminal.
  public var text: String {
    func estimate(_ e: Estimate?) -> String {
      e.map { String(format: "%.4f  [%.4f, %.4f]  (%d samples)", $0.value, $0.low, $0.high, $0.trials) } ?? "none"
    }
    let symbol = (capacityAxis.flatMap(CapacityAxis.init(rawValue:)) ?? .components).symbol
    var lines = [
      "d=\(dimension) K=\(trueComponents) N=\(samples) \(symbol)=\(components), \(preset) preset, \(steps) steps x \(draws) draws",
      "memorization ratio  \(estimate(ratio))",
      "null (held-out)     \(estimate(null))",
      String(format: "learned std         %.5f   (data: %.5f)", learnedStd ?? .nan, variance.squareRoot()),
      String(format: "final loss          %.4f   (noise prediction, mean over the times)", finalLoss ?? .nan),
      String(format: "per step            %.1f us", secondsPerStep * 1e6),
    ]
    for one in repeats ?? [] {
      lines.append("data seed \(one.dataSeed), seed \(one.seed):  \(estimate(one.ratio))")
    }
    return lines.joined(separator: "\n")
  }
}
