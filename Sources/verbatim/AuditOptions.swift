// SPDX-License-Identifier: MIT
import ArgumentParser
import Audit
import Foundation
import Pictures

/// The data of an audit.
struct AuditDataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The training set: a folder or zip of PNG and JPEG, npy, npz, IDX (gzip too), CIFAR-10 batches. As POSITION=PATH, once for "
        + "each --generated, where every set has its own.", valueName: "path"))
  var train: [String] = []
  @Option(
    help: ArgumentHelp(
      "Generated samples of the same form and size. Several, as POSITION=PATH, make a trajectory (see --by).",
      valueName: "path"))
  var generated: [String] = []
  @Option(
    help: ArgumentHelp(
      "Samples of the same source that the model did not see: the null of every metric.", valueName: "path"))
  var holdout: String?
  @Option(help: ArgumentHelp("Embeddings of the training set, an npy array (N, d), in its order.", valueName: "npy"))
  var trainEmbeddings: String?
  @Option(help: ArgumentHelp("Embeddings of the generated samples, in their order.", valueName: "npy"))
  var generatedEmbeddings: String?
  @Option(help: ArgumentHelp("Embeddings of the held-out samples.", valueName: "npy"))
  var holdoutEmbeddings: String?
  @Option(help: "What embeddings are compared by: cosine (SSCD, DINO, CLIP) or euclidean.")
  var embeddingMetric = "cosine"
  @Option(help: "Values of float pictures, 0..1, -1..1 or 0..255 (default: the only range that fits).")
  var range: String?
  @Option(help: "The same of the generated samples alone.")
  var generatedRange: String?
  @Option(help: "Axes of arrays of pictures, NHWC or NCHW (default: told by the shape).")
  var layout: String?
  @Option(help: "What a row of an (N, d) array is, such as 28x28 or 32x32x3 (default: a point).")
  var shape: String?
  @Option(help: ArgumentHelp("IDX file of the training set's labels (default: the one beside it).", valueName: "path"))
  var trainLabels: String?

  /// Whether nothing was given.
  var isEmpty: Bool {
    train.isEmpty && generated.isEmpty
      && [
        holdout, trainEmbeddings, generatedEmbeddings, holdoutEmbeddings, range, generatedRange, layout, shape,
        trainLabels,
      ]
      .allSatisfy { $0 == nil }
  }

  func pictureOptions(generated isGenerated: Bool = false) throws -> PictureOptions {
    var options = PictureOptions()
    if let text = isGenerated ? generatedRange ?? range : range {
      guard let range = ValueRange(rawValue: text) else {
        throw ValidationError("--range: '\(text)' is unknown; allowed: 0..1, -1..1, 0..255")
      }
      options.range = range
    }
    if let layout {
      guard let value = PictureLayout(rawValue: layout.uppercased()) else {
        throw ValidationError("--layout: '\(layout)' is unknown; allowed: NHWC, NCHW")
      }
      options.layout = value
    }
    if let shape {
      let sizes = shape.split(separator: "x").map { Int($0) ?? 0 }
      guard (2...3).contains(sizes.count), sizes.allSatisfy({ $0 > 0 }) else {
        throw ValidationError("--shape: '\(shape)' is no shape; allowed: HEIGHTxWIDTH or HEIGHTxWIDTHxCHANNELS")
      }
      options.shape = PictureShape(height: sizes[0], width: sizes[1], channels: sizes.count == 3 ? sizes[2] : 1)
    }
    return options
  }
}

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
