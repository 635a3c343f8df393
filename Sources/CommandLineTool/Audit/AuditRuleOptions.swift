// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// What an audit measures and decides. What is not given is nil: the defaults and the bounds are `AuditSettings`' own.
struct AuditRuleOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The largest memorization ratio, in excess of its null, that is called clean (default: 0.01).")
  var maxRatio: Double?
  @Option(parsing: .unconditional, help: "Confidence of the intervals and the verdict (default: 0.95).")
  var confidence: Double?
  @Option(parsing: .unconditional, help: "A sample is memorized if d1 < CRITERION * d2 (default: 1/3).")
  var criterion: Double?
  @Option(parsing: .unconditional, help: "Nearest training points kept per sample, 2 to 50 (default: 50).")
  var neighbors: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Largest number of near-copies of one training item that the test allows for, 1 to 49; any number of exact "
        + "copies is allowed (default: 20)."))
  var mostCopies: Int?
  @Option(
    parsing: .unconditional,
    help: "Training points compared with the rest of the training set, or 'all' (default: 10000).")
  var background: String?
  @Option(parsing: .unconditional, help: "Tiles per side for the tiled distance (default: 4).")
  var tiles: Int?
  @Option(parsing: .unconditional, help: "Threshold of the tiled distance, pixels from 0 to 1 (default: 0.15).")
  var tileThreshold: Double?
  @Option(
    parsing: .unconditional, help: "Seed for the choice of the background, the bootstrap and the cells (default: 0).")
  var seed: UInt64?

  func validate() throws { _ = try settings }

  var settings: AuditSettings {
    get throws {
      let usual = AuditSettings()
      let background = try points ?? usual.background
      return try OptionProblem.naming { () throws(AuditError) in
        try AuditSettings(
          criterion: criterion ?? usual.criterion, neighbors: neighbors ?? usual.neighbors,
          maxRatio: maxRatio ?? usual.maxRatio, confidence: confidence ?? usual.confidence,
          mostCopies: mostCopies ?? usual.mostCopies, tiles: tiles ?? usual.tiles,
          tileThreshold: tileThreshold ?? usual.tileThreshold, background: background, seed: seed ?? usual.seed)
      }
    }
  }

  /// Of `--background`.
  private var points: Int? {
    get throws {
      guard let background else { return nil }
      if background == "all" { return .max }
      if let count = Int(background) { return count }
      throw ValidationError("--background: '\(background)' is not a number; allowed: 100 or more, or all")
    }
  }

  /// Those that a plan does not look at.
  var ofSamples: [(String, Bool)] {
    [
      ("--criterion", criterion != nil), ("--neighbors", neighbors != nil), ("--most-copies", mostCopies != nil),
      ("--background", background != nil), ("--tiles", tiles != nil), ("--tile-threshold", tileThreshold != nil),
      ("--seed", seed != nil),
    ]
  }
}
