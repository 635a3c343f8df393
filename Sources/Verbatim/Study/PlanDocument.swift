// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Experiments
internal import Training

/// A plan as one JSON document.
public struct PlanDocument: Sendable, Encodable {
  /// One configuration and its capacities.
  public struct Row: Sendable, Encodable {
    public let dimension, trueComponents, samples: Int
    public let variance: Double
    public let preset, process: String
    public let dataSeed, seed: UInt64
    public let components: [Int]
    public let existing: Int
  }

  public let schema = 1
  public let name, folder: String
  public let trainings, models, existing, refinementUpTo, threads: Int
  public let estimatedSeconds: Double
  public let warnings: [String]
  public let configurations: [Row]

  init(_ outcome: PlanOutcome) {
    let (study, plan) = (outcome.study, outcome.plan)
    // A plan's entries stand configuration after configuration, as the study's do.
    var start = 0
    configurations = zip(study.configurations, study.componentCounts).map { configuration, counts in
      let entries = plan.entries[start..<start + counts.count]
      start += counts.count
      return Row(
        dimension: configuration.data.dimension, trueComponents: configuration.data.trueComponents,
        samples: configuration.data.samples, variance: configuration.data.variance,
        preset: configuration.training.preset.rawValue, process: configuration.process.rawValue,
        dataSeed: configuration.data.dataSeed, seed: configuration.seed, components: counts,
        existing: entries.count(where: \.exists))
    }
    (name, folder, threads) = (study.name, outcome.folder, outcome.threads)
    (trainings, models, existing) = (plan.remaining, plan.models, plan.existing)
    (refinementUpTo, estimatedSeconds, warnings) = (plan.refinementUpTo, plan.estimatedSeconds, study.warnings)
  }
}
