// SPDX-License-Identifier: MIT

/// What a study would run: nothing is trained and nothing written.
public struct RunPlan: Sendable {
  /// One training of the grid.
  public struct Entry: Sendable, Hashable {
    /// The run's identity, as in `RunRecord`.
    public let identifier: String
    /// Everything that determines its numbers.
    public let settings: RunSettings
    /// Whether a finished run with this identity exists already.
    public let exists: Bool
    /// Whether it trains a model that no run before it has.
    public let trains: Bool
    /// Estimated wall time on one thread, in seconds.
    public let seconds: Double
  }

  /// The grid's trainings in the order of the study.
  public let entries: [Entry]
  /// At most this many further trainings around the transitions, less those that exist already.
  public let refinementUpTo: Int
  /// Estimated wall time of what is left, refinement at its fullest, runs spread over the threads.
  public let estimatedSeconds: Double

  /// Runs of the grid that are still to be done.
  public var remaining: Int { entries.count { !$0.exists } }
  /// Runs of the grid that exist already.
  public var existing: Int { entries.count - remaining }
  /// Models that the remaining runs of the grid train: fewer than runs where these differ in their measurement alone.
  public var models: Int { entries.count { $0.trains } }
  /// Runs at most, refinement included, existing ones not.
  public var runsUpTo: Int { remaining + refinementUpTo }

  /// Plans a study.
  ///
  /// `existing` holds the identities of all finished runs of the study's folder and `seconds` gives the cost of a run's
  /// training and of its measurement on one thread. A refined run is taken to cost as much as the mean run of its
  /// configuration; existing runs that are not in the grid count as refinement done.
  public init(
    _ study: Study, existing: Set<String> = [], threads: Int,
    seconds: (RunSettings) -> (training: Double, measurement: Double) = { $0.estimatedSeconds }
  ) {
    precondition(threads >= 1, "\(threads) threads")
    var entries: [Entry] = []
    entries.reserveCapacity(study.runCount)
    var refinementSeconds = 0.0
    var models: Set<ModelSettings> = []
    for (configuration, counts) in zip(study.configurations, study.componentCounts) {
      let start = entries.count
      for capacity in counts {
        let settings = RunSettings(configuration: configuration, capacity: capacity)
        let (name, cost) = (settings.identifier, seconds(settings))
        let isNew = models.insert(ModelSettings(settings)).inserted
        let exists = existing.contains(name)
        entries.append(
          Entry(
            identifier: name, settings: settings, exists: exists, trains: isNew && !exists,
            seconds: cost.measurement + (isNew ? cost.training : 0)))
      }
      let cost = entries[start...].reduce(0) { $0 + $1.seconds }
      refinementSeconds += Double(study.refinement) * cost / Double(max(counts.count, 1))
    }
    let planned = study.refinement * study.configurations.count
    let refined = existing.subtracting(entries.map(\.identifier)).count
    refinementUpTo = max(0, planned - refined)
    let share = planned > 0 ? Double(refinementUpTo) / Double(planned) : 0
    let left = entries.reduce(0) { $1.exists ? $0 : $0 + $1.seconds } + share * refinementSeconds
    estimatedSeconds = left / Double(threads)
    self.entries = entries
  }
}
