// SPDX-License-Identifier: MIT

/// What an audit measures and when it says "memorized". Every field has a default that reports state.
public struct AuditSettings: Sendable, Codable, Hashable {
  /// A sample is memorized if d1 < criterion * d2.
  public var criterion = 1.0 / 3
  /// k, the nearest training points kept of every sample; Carlini's distance averages over them.
  public var neighbors = 50
  /// The largest ratio, in excess of its null, that is called clean.
  public var maxRatio = 0.01
  /// Of every interval and of the verdict.
  public var confidence = 0.95
  /// J, the most near-copies of a training item in the training set that are looked through (`CopyGap`); exact copies
  /// may be as many as they like.
  public var mostCopies = 20
  /// Carlini's alpha and threshold: a sample is flagged if d1 < alpha * threshold * (mean distance to its k nearest).
  public var carliniAlpha = 0.5
  public var carliniThreshold = 1.0
  /// Tiles per side of a picture, and the largest root-mean-square difference of a tile (pixels from 0 to 1).
  public var tiles = 4
  public var tileThreshold = 0.15
  /// The distance within which the eidetic count counts embeddings, by cosine (SSCD: similarity above 0.5).
  public var cosineThreshold = 0.5
  /// Training points whose neighbours in the training set make the background; all of them if there are fewer.
  public var background = 10_000
  /// Cells of C_T, and the least samples of a cell.
  public var cells = 3
  public var cellSamples = 20
  public var bootstraps = 1000
  public var seed: UInt64 = 0

  public init() {}
}
