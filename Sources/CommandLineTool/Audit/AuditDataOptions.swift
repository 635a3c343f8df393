// SPDX-License-Identifier: MIT
import ArgumentParser
import Verbatim

/// The data of an audit.
struct AuditDataOptions: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The training set: a folder or zip of PNG and JPEG, npy, npz, IDX (also gzip), CIFAR-10 batches. If every "
        + "--generated has its own training set, give one POSITION=PATH for each.", valueName: "path"))
  var train: [String] = []
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Generated samples of the same form and size. Several, as POSITION=PATH, make a trajectory (see --by).",
      valueName: "path"))
  var generated: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Samples of the same source that the model did not see: the null of every metric.", valueName: "path"))
  var holdout: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Embeddings of the training set, an npy array (N, d), in its order.", valueName: "npy"))
  var trainEmbeddings: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Embeddings of the generated samples, in their order.", valueName: "npy"))
  var generatedEmbeddings: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Embeddings of the held-out samples.", valueName: "npy"))
  var holdoutEmbeddings: String?
  @Option(
    parsing: .unconditional,
    help: "Metric between embeddings: cosine (SSCD, DINO, CLIP; the default) or euclidean.")
  var embeddingMetric: String?
  @Option(
    parsing: .unconditional,
    help: "Values of float pictures, 0..1, -1..1 or 0..255 (default: the only range that fits).")
  var range: String?
  @Option(parsing: .unconditional, help: "The same for the generated samples only.")
  var generatedRange: String?
  @Option(
    parsing: .unconditional, help: "Axes of arrays of pictures, NHWC or NCHW (default: taken from the shape).")
  var layout: String?
  @Option(
    parsing: .unconditional,
    help: "Shape of the picture in each row of an (N, d) array, such as 28x28 or 32x32x3 (default: rows are points).")
  var shape: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("IDX file of the training set's labels (default: the one beside it).", valueName: "path"))
  var trainLabels: String?

  /// Whether each option was given.
  var given: [(String, Bool)] {
    let texts = [
      ("--holdout", holdout), ("--train-embeddings", trainEmbeddings), ("--generated-embeddings", generatedEmbeddings),
      ("--holdout-embeddings", holdoutEmbeddings), ("--embedding-metric", embeddingMetric), ("--range", range),
      ("--generated-range", generatedRange), ("--layout", layout), ("--shape", shape), ("--train-labels", trainLabels),
    ]
    return [("--train", !train.isEmpty), ("--generated", !generated.isEmpty)] + texts.map { ($0, $1 != nil) }
  }

  func pictureOptions(generated isGenerated: Bool = false) throws -> PictureOptions {
    var options = PictureOptions()
    if let text = isGenerated ? generatedRange ?? range : range {
      guard let range = ValueRange(rawValue: text) else {
        let option = isGenerated && generatedRange != nil ? "--generated-range" : "--range"
        throw ValidationError("\(option): '\(text)' is unknown; allowed: 0..1, -1..1, 0..255")
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
        throw ValidationError("--shape: '\(shape)' is not a shape; allowed: HEIGHTxWIDTH or HEIGHTxWIDTHxCHANNELS")
      }
      options.shape = PictureShape(height: sizes[0], width: sizes[1], channels: sizes.count == 3 ? sizes[2] : 1)
    }
    return options
  }
}
