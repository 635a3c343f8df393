// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation
public import Kernels
internal import Neighbors
public import Pictures

extension AuditDataset {
  /// Reads one dataset: pictures of any form, or points from an npy array (N, d) unless a picture's shape is given.
  ///
  /// Pictures are copied one by one into a flat file in `scratch`, which is mapped and has no name any more when this
  /// returns: memory stays bounded whatever the size, and nothing is left behind. Throws `PictureError` and
  /// `NeighborError`, with NaN, sizes that lie and everything else named in one line.
  public init(
    reading path: String, role: AuditRole, options: PictureOptions = PictureOptions(), scratch: String
  ) throws {
    if options.shape == nil, let points = try Self.points(reading: path, role: role, scratch: scratch) {
      self = points
      return
    }
    let file = "\(scratch)/\(role.rawValue).pixels"
    let store = try PictureStore(reading: path, options: options, into: file)
    defer { unlink(file) }
    self.init(
      role: role, path: path,
      points: try PointSet(
        mapping: file, offset: 0, count: store.count, dimension: store.pictureSize, scalar: .bytes), pictures: store,
      description: Self.words(store), sha256: store.digest)
  }

  private static func words(_ store: PictureStore) -> String {
    let size = "\(store.count) \(store.channels == 1 ? "gray" : "colour") pictures of \(store.height) x \(store.width)"
    let form = store.form.map { "\(size), \($0)" } ?? size
    guard let values = store.form?.values else { return form }
    return form + " (found \(Float(values.lowerBound)) to \(Float(values.upperBound)))"
  }

  /// Embeddings: an npy array (N, d).
  public init(embeddings path: String, role: AuditRole, scratch: String) throws {
    guard let points = try Self.points(reading: path, role: role, scratch: scratch) else {
      throw AuditError("\(path): embeddings are an npy array of shape (N, d)")
    }
    self = points
  }

  /// The points of an npy array (N, d), nil for other files. Floats and doubles of an uncompressed file are mapped
  /// where they are; all else goes through flat files in `scratch`, which have no name any more when this returns.
  private static func points(reading path: String, role: AuditRole, scratch: String) throws -> AuditDataset? {
    guard let layout = try NPYArray.layout(of: path) else { return nil }
    let (count, dimension) = (layout.shape[0], layout.shape[1])
    if let offset = layout.offset, layout.element == .float32 {
      let points = try PointSet(
        mapping: path, offset: offset, count: count, dimension: dimension, scalar: .floats)
      if let wrong = points.firstNonFinite() {
        throw AuditError(
          "\(path): value \(wrong.column) of point \(wrong.row) is nan or infinite; only finite values can be compared")
      }
      let extremes = PointExtremes(points)
      return try AuditDataset(
        floats: points, role: role, path: path, doubles: nil, element: layout.element,
        range: (extremes.low, extremes.high), sha256: extremes.sha256)
    }
    let floats = "\(scratch)/\(role.rawValue).floats"
    let inPlace = layout.offset.map { $0 % 8 == 0 } ?? false
    let doubles = layout.element == .float64 ? inPlace ? path : "\(scratch)/\(role.rawValue).doubles" : nil
    let read = try NPYPoints(
      reading: path, layout: layout, floats: floats, doubles: doubles == path ? nil : doubles)
    defer {
      unlink(floats)
      if let doubles, doubles != path { unlink(doubles) }
    }
    return try AuditDataset(
      floats: PointSet(mapping: floats, offset: 0, count: count, dimension: dimension, scalar: .floats), role: role,
      path: path,
      doubles: doubles.map {
        try DoublePoints(
          mapping: $0, offset: $0 == path ? layout.offset ?? 0 : 0, count: count, dimension: dimension)
      }, element: layout.element, range: (read.lowest, read.highest), sha256: read.doublesDigest ?? read.digest)
  }

  private init(
    floats points: PointSet, role: AuditRole, path: String, doubles: DoublePoints?, element: NPYArray.Element,
    range: (low: Double, high: Double), sha256: String
  ) throws(AuditError) {
    try Self.checkSize(range, path)
    self.init(
      role: role, path: path, points: points, doubles: doubles, pictures: nil,
      description: "\(points.count) points of \(points.dimension) values from \(Float(range.low)) to "
        + "\(Float(range.high)), npy \(element.rawValue)", sha256: sha256)
  }

  /// Squares of what lies beyond would be infinite, or zero, in the arithmetic of the search.
  private static func checkSize(_ range: (low: Double, high: Double), _ path: String) throws(AuditError) {
    let largest = max(abs(range.low), abs(range.high))
    guard largest <= 1e18, largest == 0 || largest >= 1e-15 else {
      throw AuditError(
        "\(path): its largest value is \(largest) in size; allowed are 1e-15 to 1e18: scale all sides alike")
    }
  }

  /// Points in memory, shape (N, d), checked as those of a file are; `path` is what reports call them.
  ///
  /// Throws `AuditError` for no columns, nan, infinities, and sizes that cannot be squared.
  public init(matrix: Matrix, role: AuditRole, path: String) throws(AuditError) {
    guard matrix.columns >= 1 else { throw AuditError("\(path): points of no values; at least 1 is needed") }
    if let wrong = matrix.values.firstIndex(where: { !$0.isFinite }) {
      let (row, column) = wrong.quotientAndRemainder(dividingBy: matrix.columns)
      throw AuditError(
        "\(path): value \(column) of point \(row) is nan or infinite; only finite values can be compared")
    }
    try Self.checkSize((matrix.values.min() ?? 0, matrix.values.max() ?? 0), path)
    self.init(
      role: role, path: path,
      points: PointSet(floats: matrix.values.map { Float($0) }, dimension: matrix.columns),
      doubles: DoublePoints(matrix), pictures: nil, description: "\(matrix.rows) points of \(matrix.columns) values",
      sha256: matrix.values.withUnsafeBytes { SHA256.hex([Array($0)]) })
  }
}

/// One pass over points: their range, and the SHA-256 of their values.
private struct PointExtremes {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  let sha256: String

  init(_ points: PointSet) {
    let hash = SHA256()
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in 0..<points.count {
      let values = points.row(row)
      for value in values { (low, high) = (min(low, value), max(high, value)) }
      hash.update(values.map { Float($0) }.withUnsafeBytes { Array($0) })
    }
    (self.low, self.high, sha256) = (low, high, hash.hex())
  }
}
