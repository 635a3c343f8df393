// SPDX-License-Identifier: MIT
internal import Files
public import Neighbors
public import Pictures

/// One side of an audit as it was read: its points, its pictures if it has any, and what it is.
public struct AuditSource: Sendable {
  /// `train`, `generated`, `holdout`.
  public let role: String
  public let path: String
  public let points: PointSet
  /// The points in double precision, where the file has them so.
  public var doubles: DoublePoints?
  /// Of pictures; nil for arrays of points (N, d).
  public let pictures: PictureStore?
  /// Form, shape and range in words.
  public let description: String
  /// SHA-256 of the values as they are compared.
  public let sha256: String

  public var count: Int { points.count }
  public var isPictures: Bool { pictures != nil }
  /// What a row is called, control characters as their numbers.
  public func name(_ row: Int) -> String { PrintableText.line(pictures?.name(row) ?? String(row)) }
}

/// What is said of an input in documents and reports.
public struct AuditInput: Sendable, Codable, Hashable {
  public let role, space, path, description, sha256: String
  public let count, dimension: Int
  /// What lies in the source and was not read.
  public let leftOut: LeftOut

  public init(_ source: AuditSource, space: String) {
    (role, self.space, path, description) = (
      source.role, space, PrintableText.line(source.path), source.description
    )
    (sha256, count, dimension) = (source.sha256, source.count, source.points.dimension)
    leftOut = source.pictures?.leftOut ?? LeftOut()
  }
}
