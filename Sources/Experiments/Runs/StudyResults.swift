// SPDX-License-Identifier: MIT
public import Kernels
public import Memorization

/// What one configuration has given: a curve over its capacities.
public struct ConfigurationResults: Sendable {
  /// What the runs share.
  public let configuration: Configuration
  /// Ascending in M.
  public let records: [RunRecord]
  /// Where the memorization ratio crosses 0.1, 0.5 and 0.9; runs that diverged are left out.
  public let transition: Transition
}

/// The records of a study, sorted by configuration.
public struct StudyResults: Sendable {
  /// In the order of first appearance.
  public let byConfiguration: [ConfigurationResults]

  /// The bootstrap's key is fixed, so that a transition depends on its records alone.
  public init(_ records: [RunRecord], bootstrapKey: RandomKey = RandomKey(seed: 0).child("bootstrap")) {
    var order: [Configuration] = []
    var groups: [Configuration: [RunRecord]] = [:]
    for record in records {
      let configuration = record.settings.configuration
      if groups[configuration] == nil { order.append(configuration) }
      groups[configuration, default: []].append(record)
    }
    byConfiguration = order.map { configuration in
      let sorted = (groups[configuration] ?? []).sorted { $0.settings.capacity < $1.settings.capacity }
      let points = sorted.compactMap { record in
        record.measurements.map { CurvePoint(capacity: record.settings.capacity, ratio: $0.ratio) }
      }
      let transition = TransitionFit().fit(
        points, on: configuration.capacityAxis, samples: configuration.data.samples, key: bootstrapKey)
      return ConfigurationResults(configuration: configuration, records: sorted, transition: transition)
    }
  }
}
