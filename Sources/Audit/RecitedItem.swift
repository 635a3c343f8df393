// SPDX-License-Identifier: MIT

/// A training point that generated samples recite.
public struct RecitedItem: Sendable, Hashable {
  /// Row of T.
  public let train: Int
  /// Rows of G that are its copies, nearest first.
  public let samples: [Int]
  public let smallestDistance: Double

  /// Of the samples that are memorized with duplicates taken into account; most often recited first.
  static func items(_ samples: [AuditSample]) -> [RecitedItem] {
    Dictionary(grouping: samples.filter(\.isMemorizedAware), by: \.nearest).map { train, copies in
      let sorted = copies.sorted { ($0.d1, $0.index) < ($1.d1, $1.index) }
      return RecitedItem(train: train, samples: sorted.map(\.index), smallestDistance: sorted[0].d1)
    }.sorted { ($1.samples.count, $0.train) < ($0.samples.count, $1.train) }
  }
}
