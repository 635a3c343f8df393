// SPDX-License-Identifier: MIT
internal import Files
public import Neighbors
public import Pictures

/// What a dataset is in an audit.
public enum AuditRole: String, Sendable, Codable, Hashable, CaseIterable {
  /// T, what the model was trained on.
  case train
  /// G, what it generated.
  case generated
  /// H, of the same source as T, and not seen by the model.
  case holdout
}

/// Training, generated or held-out data as they were read: their points, their pictures if they have any, and what they
/// are.
public struct AuditDataset: Sendable {
  /// What the dataset is in the audit.
  public let role: AuditRole
  /// The file or folder it was read from, or words for an array in memory.
  public let path: String
  /// The values that are compared, shape (count, dimension): bytes of 8-bit pictures, else floats.
  public let points: PointSet
  /// The points in double precision, where the file has them so.
  public var doubles: DoublePoints?
  /// Of pictures; nil for arrays of points (N, d).
  public let pictures: PictureStore?
  /// Form, shape and range in words.
  public let description: String
  /// SHA-256 of the values as they are compared.
  public let sha256: String

  /// Rows.
  public var count: Int { points.count }
  /// Whether it can be shown, and compared tile by tile.
  public var isPictures: Bool { pictures != nil }
  /// What a row is called, control characters as their numbers.
  public func name(_ row: Int) -> String { PrintableText.line(pictures?.name(row) ?? String(row)) }
}

/// What is said of an input in documents and reports.
public struct AuditInput: Sendable, Codable, Hashable {
  /// What it is in the audit.
  public let role: AuditRole
  /// Name of the space it was compared in, where it came from, form and shape in words, SHA-256 of the compared values.
  public let space, path, description, sha256: String
  /// Rows, and values per row.
  public let count, dimension: Int
  /// What lies in the source and was not read.
  public let leftOut: LeftOut

  /// What documents say of `dataset`; control characters of its path become their numbers.
  public init(_ dataset: AuditDataset, space: String) {
    (role, self.space, path) = (dataset.role, space, PrintableText.line(dataset.path))
    (description, sha256) = (dataset.description, dataset.sha256)
    (count, dimension) = (dataset.count, dataset.points.dimension)
    leftOut = dataset.pictures?.leftOut ?? LeftOut()
  }
}
