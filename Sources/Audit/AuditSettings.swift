// SPDX-License-Identifier: MIT

/// What an audit measures and when it says "memorized": values that are in range, for a test with others would mislead.
public struct AuditSettings: Sendable, Codable, Hashable {
  /// A sample is memorized if d1 < criterion * d2.
  public let criterion: Double
  /// k, the nearest training points kept of every sample; Carlini's distance averages over them.
  public let neighbors: Int
  /// The largest ratio, in excess of its null, that is called clean.
  public let maxRatio: Double
  /// Of every interval and of the verdict.
  public private(set) var confidence: Double
  /// J, the most near-copies of a training item in the training set that are looked through (`CopyGap`); exact copies
  /// may be as many as they like.
  public let mostCopies: Int
  /// Carlini's alpha: a sample is flagged if d1 < alpha * threshold * (mean distance to its k nearest).
  public let carliniAlpha: Double
  /// Carlini's threshold, a factor beside alpha.
  public let carliniThreshold: Double
  /// Tiles per side of a picture; a side of fewer pixels has as many as pixels.
  public let tiles: Int
  /// The largest root-mean-square difference of a tile that makes pictures alike (pixels from 0 to 1).
  public let tileThreshold: Double
  /// The distance within which the eidetic count counts embeddings, by cosine (SSCD: similarity above 0.5).
  public let cosineThreshold: Double
  /// Training points whose neighbours in the training set make the background; all of them if there are fewer.
  public let background: Int
  /// Cells of C_T.
  public let cells: Int
  /// The least samples of a cell that counts for C_T.
  public let cellSamples: Int
  /// Resamples for each bootstrap interval.
  public let bootstraps: Int
  /// Of what is drawn: background, parts of equal size, start of k-means, bootstraps. Equal seeds give equal numbers.
  public let seed: UInt64

  /// Throws `AuditError` for a value out of range: its name, the value and what is allowed. `background`: `.max` for all.
  public init(
    criterion: Double = 1.0 / 3, neighbors: Int = 50, maxRatio: Double = 0.01, confidence: Double = 0.95,
    mostCopies: Int = 20, carliniAlpha: Double = 0.5, carliniThreshold: Double = 1, tiles: Int = 4,
    tileThreshold: Double = 0.15, cosineThreshold: Double = 0.5, background: Int = 10_000, cells: Int = 3,
    cellSamples: Int = 20, bootstraps: Int = 1000, seed: UInt64 = 0
  ) throws(AuditError) {
    (self.criterion, self.neighbors, self.maxRatio, self.confidence) = (criterion, neighbors, maxRatio, confidence)
    (self.mostCopies, self.carliniAlpha, self.carliniThreshold) = (mostCopies, carliniAlpha, carliniThreshold)
    (self.tiles, self.tileThreshold, self.cosineThreshold) = (tiles, tileThreshold, cosineThreshold)
    (self.background, self.cells, self.cellSamples) = (background, cells, cellSamples)
    (self.bootstraps, self.seed) = (bootstraps, seed)
    try check()
  }

  /// The defaults, which report states.
  public init() {
    do throws(AuditError) {
      try self.init(seed: 0)
    } catch {
      preconditionFailure("a default is refused: \(error)")
    }
  }

  /// Throws `AuditError` for a value out of range, as `init` does, and `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      criterion: keys.decode(Double.self, forKey: .criterion), neighbors: keys.decode(Int.self, forKey: .neighbors),
      maxRatio: keys.decode(Double.self, forKey: .maxRatio), confidence: keys.decode(Double.self, forKey: .confidence),
      mostCopies: keys.decode(Int.self, forKey: .mostCopies),
      carliniAlpha: keys.decode(Double.self, forKey: .carliniAlpha),
      carliniThreshold: keys.decode(Double.self, forKey: .carliniThreshold),
      tiles: keys.decode(Int.self, forKey: .tiles), tileThreshold: keys.decode(Double.self, forKey: .tileThreshold),
      cosineThreshold: keys.decode(Double.self, forKey: .cosineThreshold),
      background: keys.decode(Int.self, forKey: .background), cells: keys.decode(Int.self, forKey: .cells),
      cellSamples: keys.decode(Int.self, forKey: .cellSamples),
      bootstraps: keys.decode(Int.self, forKey: .bootstraps), seed: keys.decode(UInt64.self, forKey: .seed))
  }

  private func check() throws(AuditError) {
    let largest = Double.greatestFiniteMagnitude
    try AuditError.require("maxRatio", maxRatio, maxRatio >= 0 && maxRatio < 1, "0 or more, below 1")
    try AuditError.require("confidence", confidence, (0.5...0.999_999).contains(confidence), "0.5 to 0.999999")
    try AuditError.require("criterion", criterion, criterion > 0 && criterion < 1, "between 0 and 1")
    try AuditError.require("neighbors", neighbors, (2...50).contains(neighbors), "2 to 50")
    try AuditError.require("mostCopies", mostCopies, (1...49).contains(mostCopies), "1 to 49")
    try AuditError.require("carliniAlpha", carliniAlpha, carliniAlpha > 0 && carliniAlpha <= largest, "above 0")
    try AuditError.require(
      "carliniThreshold", carliniThreshold, carliniThreshold > 0 && carliniThreshold <= largest, "above 0")
    try AuditError.require("tiles", tiles, (1...64).contains(tiles), "1 to 64")
    try AuditError.require(
      "tileThreshold", tileThreshold, tileThreshold > 0 && tileThreshold <= 1, "above 0, at most 1")
    try AuditError.require(
      "cosineThreshold", cosineThreshold, cosineThreshold > 0 && cosineThreshold <= 2, "above 0, at most 2")
    try AuditError.require("background", background, background >= 100, "100 or more, or all")
    try AuditError.require("cells", cells, (1...1000).contains(cells), "1 to 1000")
    try AuditError.require("cellSamples", cellSamples, cellSamples >= 1, "1 or more")
    try AuditError.require("bootstraps", bootstraps, (100...1_000_000).contains(bootstraps), "100 to 1000000")
  }

  /// The settings of each of several spaces: the verdict as a whole keeps its confidence (Bonferroni), which may make it
  /// larger than a caller's can be.
  func shared(among spaces: Int) -> AuditSettings {
    var each = self
    if spaces > 1 { each.confidence = 1 - (1 - confidence) / Double(spaces) }
    return each
  }
}
