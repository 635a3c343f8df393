// SPDX-License-Identifier: MIT

/// What was found about one generated sample in one space. Distances are in the space's units.
public struct AuditSample: Sendable, Hashable {
  /// Row of G.
  public let index: Int
  /// Rows of T: x^(1), and x^(2) whatever it is.
  public let nearest, second: Int
  public let d1, d2: Double
  /// How the nearest training points stand out from the rest.
  public let gap: CopyGap
  /// d1 < criterion * d2; and gap.ratio < criterion, which sees copies of duplicated items too.
  public let isMemorized, isMemorizedAware: Bool
  /// d1 / (alpha * mean distance to the k nearest).
  public let carlini: Double
  /// Nearest by the tiled distance, and how many training points are within its threshold; nil without pictures.
  public let tiledNearest: Int?
  public let tiled: Double?
  /// Training points within the tile threshold, or by cosine; at most k. nil where the space has no such threshold.
  public let eidetic: Int?
  /// Whether x^(1) is nearer to another training point than to the sample.
  public let isAuthentic: Bool

  /// The ratio that decides.
  public var ratio: Double { gap.ratio }
}
