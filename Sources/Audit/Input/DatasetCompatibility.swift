// SPDX-License-Identifier: MIT
internal import Neighbors
internal import Pictures

/// Whether the datasets of an audit can be compared.
public enum DatasetCompatibility {
  /// Throws `AuditError` where kinds, sizes or ranges differ, or there is too little; returns warnings.
  ///
  /// `rangesAreNamed`: the user said what floats mean; else two datasets of floats must have the same range.
  public static func check(_ datasets: [AuditDataset], rangesAreNamed: Bool = false) throws(AuditError) -> [String] {
    guard let train = datasets.first(where: { $0.role == .train }) else { return [] }
    guard train.count >= 3 else {
      throw AuditError("\(train.path): a training set of \(train.count); at least 3 are needed")
    }
    if let made = datasets.first(where: { $0.role == .generated }),
      let heldOut = datasets.first(where: { $0.role == .holdout }), made.sha256 == heldOut.sha256
    {
      throw AuditError(
        "\(heldOut.path): the held-out set equals the generated set \(made.path) in every value, so it cannot serve as "
          + "its null"
      )
    }
    var warnings: [String] = []
    for other in datasets where other.role != .train {
      try same(train, other)
      if !rangesAreNamed { try sameRange(train, other) }
      if let warning = try identity(train, other) { warnings.append(warning) }
      if let warning = levels(train, other) { warnings.append(warning) }
    }
    return warnings
  }

  private static func same(_ train: AuditDataset, _ other: AuditDataset) throws(AuditError) {
    guard train.isPictures == other.isPictures else {
      throw AuditError(
        "\(other.path): holds \(other.description), but the training set \(train.path) holds \(train.description): both must "
          + "be pictures, or both arrays of points (N, d)")
    }
    if let a = train.pictures, let b = other.pictures {
      guard (a.height, a.width) == (b.height, b.width) else {
        throw AuditError(
          "\(other.path): pictures of \(b.height) x \(b.width), but the training set has \(a.height) x \(a.width): "
            + "resize one of them the way the model's training did")
      }
      guard a.channels == b.channels else {
        throw AuditError(
          "\(other.path): \(word(b.channels)) pictures, but the training set \(train.path) has \(word(a.channels)) "
            + "ones: convert one"
        )
      }
    }
    guard train.points.dimension == other.points.dimension else {
      throw AuditError(
        "\(other.path): points of \(other.points.dimension) values, but the training set \(train.path) has "
          + "\(train.points.dimension)"
      )
    }
  }

  /// Floats of two ranges are as likely a mistake as two conventions.
  private static func sameRange(_ train: AuditDataset, _ other: AuditDataset) throws(AuditError) {
    guard let a = train.pictures?.form?.range, let b = other.pictures?.form?.range, a != b else { return }
    throw AuditError(
      "\(other.path): its values look like \(b.rawValue), those of the training set \(train.path) like \(a.rawValue): say "
        + "what they are with --range and --generated-range")
  }

  private static func word(_ channels: Int) -> String { channels == 1 ? "gray" : "coloured" }

  /// A held-out set that is the training set would make any model look clean.
  private static func identity(_ train: AuditDataset, _ other: AuditDataset) throws(AuditError) -> String? {
    guard train.sha256 == other.sha256, train.count == other.count else { return nil }
    if other.role == .holdout {
      throw AuditError(
        "\(other.path): the held-out set equals the training set in every value: give data that the model did not see")
    }
    return "\(other.path): the \(other.role.rawValue) set equals the training set in every value"
  }

  /// Pictures much darker or brighter, or points on another scale: mixing ranges is the common mistake.
  private static func levels(_ train: AuditDataset, _ other: AuditDataset) -> String? {
    let (a, b) = (Levels(train), Levels(other))
    let apart = abs(a.mean - b.mean)
    guard apart > 2 * max(a.deviation, b.deviation) || max(a.deviation, b.deviation) > 4 * min(a.deviation, b.deviation)
    else { return nil }
    return
      "\(other.path): values have mean \(Float(b.mean)) and deviation \(Float(b.deviation)), those of the training set "
      + "\(Float(a.mean)) and \(Float(a.deviation)): are both on the same scale?"
  }

  /// Mean and standard deviation of the values of up to 1,000 points.
  private struct Levels {
    let mean, deviation: Double

    init(_ dataset: AuditDataset) {
      let step = max(1, dataset.count / 500)
      var (sum, squares, count) = (0.0, 0.0, 0.0)
      for row in stride(from: 0, to: dataset.count, by: step) {
        for value in dataset.points.row(row) {
          (sum, squares, count) = (sum + value, squares + value * value, count + 1)
        }
      }
      mean = sum / count
      deviation = max(0, squares / count - mean * mean).squareRoot()
    }
  }
}
