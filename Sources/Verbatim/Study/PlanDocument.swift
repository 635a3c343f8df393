// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Experiments
internal import Training

/// A plan as one JSON document.
public struct PlanDocument: Sendable, Encodable {
  /// One configuration and its capacities.
  public struct Row: Sendable, Encodable {
    /// d, K and N.
    public let dimension, trueComponents, samples: Int
    /// sigma_*^2.
    public let variance: Double
    /// Their names in a study.
    public let preset, process: String
    /// Seed of the data, and of start, training noise and sampling.
    public let dataSeed, seed: UInt64
    /// The grid of M.
    public let components: [Int]
    /// Runs of it that need not be repeated.
    public let existing: Int
  }

  /// The version of this format.
  public let schema = 1
  /// The study's name, and the run folder's path.
  public let name, folder: String
  /// Runs to do, models that they train, runs that exist, runs at most around transitions, and threads.
  public let trainings, models, existing, refinementUpTo, threads: Int
  /// Wall time of what is left; good to a factor of two or three.
  public let estimatedSeconds: Double
  /// What is remarkable about the settings.
  public let warnings: [String]
  /// In the order of the study.
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
