// SPDX-License-Identifier: MIT
internal import Diffusion
public import Experiments
internal import Foundation
internal import Memorization
public import Statistics
internal import Training

/// A trained and measured model as one JSON document. Other programs rely on it: names and meanings are stable.
public struct TrainingDocument: Sendable, Encodable {
  public struct Repeat: Sendable, Encodable {
    public let dataSeed, seed: UInt64
    public let ratio: Estimate?
    public let learnedStd: Double?
  }

  public let schema = 1
  public let dimension, trueComponents, samples, components: Int
  public let variance: Double
  public let preset, kernel: String
  public let steps, draws: Int
  public let seed, dataSeed: UInt64
  public let secondsPerStep: Double
  /// `finished`, or `diverged` with the step and advice.
  public let outcome: String
  public let finalLoss, learnedStd: Double?
  public let ratio, null: Estimate?
  /// All repeats over seeds; absent for one.
  public let repeats: [Repeat]?

  public init(_ record: RunRecord, all: [RunRecord]) {
    let configuration = record.settings.configuration
    (dimension, trueComponents) = (configuration.data.dimension, configuration.data.trueComponents)
    (samples, variance) = (configuration.data.samples, configuration.data.variance)
    components = record.settings.capacity
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
    var lines = [
      "d=\(dimension) K=\(trueComponents) N=\(samples) M=\(components), \(preset) preset, \(steps) steps x \(draws) draws",
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
