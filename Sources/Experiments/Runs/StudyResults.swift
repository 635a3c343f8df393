// SPDX-License-Identifier: MIT
public import Kernels
public import Memorization

/// What one configuration has given: its records, ascending in M, and the transition through them.
public struct ConfigurationResults: Sendable {
  public let configuration: Configuration
  public let records: [RunRecord]
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
      let sorted = (groups[configuration] ?? []).sorted { $0.settings.components < $1.settings.components }
      let points = sorted.compactMap { record in
        record.measurements.map { CurvePoint(components: record.settings.components, ratio: $0.ratio) }
      }
      let transition = TransitionFit().fit(points, samples: configuration.data.samples, key: bootstrapKey)
      return ConfigurationResults(configuration: configuration, records: sorted, transition: transition)
    }
  }
}
