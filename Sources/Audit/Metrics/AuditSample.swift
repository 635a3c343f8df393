// SPDX-License-Identifier: MIT

/// What was found about one generated sample in one space. Distances are in the space's units.
public struct AuditSample: Sendable, Hashable {
  /// Row of G.
  public let index: Int
  /// Rows of T: x^(1), and x^(2) whatever it is.
  public let nearest, second: Int
  /// The distances to them, d1 <= d2, each as of the row named.
  public let d1, d2: Double
  /// How the nearest training points stand out from the rest.
  public let gap: CopyGap
  /// d1 < criterion * d2.
  public let isMemorized: Bool
  /// Whether it passes the test for copies, which duplicates of the training item do not hide: gap.ratio < criterion.
  public let isCopy: Bool
  /// d1 / (alpha * mean distance to the k nearest).
  public let carlini: Double
  /// Nearest by the tiled distance, and how many training points are within its threshold; nil without pictures.
  public let tiledNearest: Int?
  /// Its tiled distance to that point: the largest root-mean-square difference of a tile.
  public let tiled: Double?
  /// Training points within the tile threshold, or by cosine; at most k. nil where the space has no such threshold.
  public let eidetic: Int?
  /// Whether x^(1) is nearer to another training point than to the sample.
  public let isAuthentic: Bool

  /// The ratio that decides.
  public var ratio: Double { gap.ratio }
}

/// A training point that generated samples recite.
public struct RecitedItem: Sendable, Hashable {
  /// Row of T.
  public let train: Int
  /// Rows of G that are its copies, nearest first.
  public let samples: [Int]
  /// d1 of the nearest of these samples, in the space's units.
  public let smallestDistance: Double

  /// Of the samples that are memorized with duplicates taken into account; most often recited first.
  static func items(_ samples: [AuditSample]) -> [RecitedItem] {
    Dictionary(grouping: samples.filter(\.isCopy), by: \.nearest).map { train, copies in
      let sorted = copies.sorted { ($0.d1, $0.index) < ($1.d1, $1.index) }
      return RecitedItem(train: train, samples: sorted.map(\.index), smallestDistance: sorted[0].d1)
    }.sorted { ($1.samples.count, $0.train) < ($0.samples.count, $1.train) }
  }
}
