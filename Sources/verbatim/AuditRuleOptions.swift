// SPDX-License-Identifier: MIT
import ArgumentParser
import Audit

/// What an audit measures and decides.
struct AuditRuleOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The largest memorization ratio, in excess of its null, that is called clean.")
  var maxRatio = 0.01
  @Option(parsing: .unconditional, help: "Confidence of the intervals and the verdict.")
  var confidence = 0.95
  @Option(parsing: .unconditional, help: "A sample is memorized if d1 < CRITERION * d2.")
  var criterion = 1.0 / 3
  @Option(parsing: .unconditional, help: "Nearest training points kept per sample, 2 to 50.")
  var neighbors = 50
  @Option(
    parsing: .unconditional,
    help: "The most near-copies of one training item that are looked through, 1 to 49; exact copies may be any number.")
  var mostCopies = 20
  @Option(parsing: .unconditional, help: "Training points compared with the rest of the training set, or 'all'.")
  var background = "10000"
  @Option(parsing: .unconditional, help: "Tiles per side for the tiled distance.")
  var tiles = 4
  @Option(parsing: .unconditional, help: "Threshold of the tiled distance, pixels from 0 to 1.")
  var tileThreshold = 0.15
  @Option(parsing: .unconditional, help: "Seed of the background's choice, the bootstrap and the cells.")
  var seed: UInt64 = 0

  func validate() throws {
    func require(_ name: String, _ value: some Any, _ holds: Bool, _ allowed: String) throws {
      guard holds else { throw ValidationError("--\(name): '\(value)' is out of range; allowed: \(allowed)") }
    }
    try require("max-ratio", maxRatio, maxRatio >= 0 && maxRatio < 1, "0 or more, below 1")
    try require("confidence", confidence, confidence >= 0.5 && confidence <= 0.999_999, "0.5 to 0.999999")
    try require("criterion", criterion, criterion > 0 && criterion < 1, "between 0 and 1")
    try require("neighbors", neighbors, (2...50).contains(neighbors), "2 to 50")
    try require("tiles", tiles, (1...64).contains(tiles), "1 to 64")
    try require("tile-threshold", tileThreshold, tileThreshold > 0 && tileThreshold <= 1, "above 0, at most 1")
    try require("most-copies", mostCopies, (1...49).contains(mostCopies), "1 to 49")
    try require("background", background, background == "all" || (Int(background) ?? 0) >= 100, "100 or more, or all")
  }

  var settings: AuditSettings {
    var settings = AuditSettings()
    (settings.maxRatio, settings.confidence, settings.criterion) = (maxRatio, confidence, criterion)
    (settings.neighbors, settings.mostCopies, settings.tiles) = (neighbors, mostCopies, tiles)
    (settings.tileThreshold, settings.seed) = (tileThreshold, seed)
    settings.background = Int(background) ?? .max
    return settings
  }
}
