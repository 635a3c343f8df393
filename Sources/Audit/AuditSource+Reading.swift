// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation
internal import Neighbors
public import Pictures

extension AuditSource {
  /// Reads one side: pictures of any form, or points from an npy array (N, d) unless a picture's shape is given.
  ///
  /// Pictures are copied one by one into a flat file in `scratch`, which is mapped and has no name any more when this
  /// returns: memory stays bounded whatever the size, and nothing is left behind. Throws `PictureError` and
  /// `NeighborError`, with NaN, sizes that lie and everything else named in one line.
  public init(
    reading path: String, role: String, options: PictureOptions = PictureOptions(), scratch: String
  ) throws {
    if options.shape == nil, let points = try Self.points(reading: path, role: role, scratch: scratch) {
      self = points
      return
    }
    let file = "\(scratch)/\(role).pixels"
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
  public init(embeddings path: String, role: String, scratch: String) throws {
    guard let points = try Self.points(reading: path, role: role, scratch: scratch) else {
      throw AuditError("\(path): embeddings are an npy array of shape (N, d)")
    }
    self = points
  }

  /// The points of an npy array (N, d), nil for other files. Floats and doubles of an uncompressed file are mapped where they
  /// are; all else goes through flat files in `scratch`, which have no name any more when this returns.
  private static func points(reading path: String, role: String, scratch: String) throws -> AuditSource? {
    guard let place = try NPYArray.place(of: path) else { return nil }
    let (count, dimension) = (place.shape[0], place.shape[1])
    if let offset = place.offset, place.element == .float32 {
      let points = try PointSet(
        mapping: path, offset: offset, count: count, dimension: dimension, scalar: .floats)
      if let wrong = points.firstNonFinite() {
        throw AuditError(
          "\(path): value \(wrong.column) of point \(wrong.row) is nan or infinite; only finite values can be compared")
      }
      let extremes = PointExtremes(points)
      return try AuditSource(
        floats: points, role: role, path: path, doubles: nil, element: place.element,
        range: (extremes.low, extremes.high), sha256: extremes.sha256)
    }
    let floats = "\(scratch)/\(role).floats"
    let inPlace = place.offset.map { $0 % 8 == 0 } ?? false
    let doubles = place.element == .float64 ? inPlace ? path : "\(scratch)/\(role).doubles" : nil
    let read = try NPYPoints(
      reading: path, place: place, floats: floats, doubles: doubles == path ? nil : doubles)
    defer {
      unlink(floats)
      if let doubles, doubles != path { unlink(doubles) }
    }
    return try AuditSource(
      floats: PointSet(mapping: floats, offset: 0, count: count, dimension: dimension, scalar: .floats), role: role,
      path: path,
      doubles: doubles.map {
        try DoublePoints(
          mapping: $0, offset: $0 == path ? place.offset ?? 0 : 0, count: count, dimension: dimension)
      }, element: place.element, range: (read.lowest, read.highest), sha256: read.doublesDigest ?? read.digest)
  }

  private init(
    floats points: PointSet, role: String, path: String, doubles: DoublePoints?, element: NPYArray.Element,
    range: (low: Double, high: Double), sha256: String
  ) throws(AuditError) {
    // Squares of what lies beyond would be infinite, or zero, in the arithmetic of the search.
    let largest = max(abs(range.low), abs(range.high))
    guard largest <= 1e18, largest == 0 || largest >= 1e-15 else {
      throw AuditError(
        "\(path): its largest value is \(largest) in size; allowed are 1e-15 to 1e18: scale all sides alike")
    }
    self.init(
      role: role, path: path, points: points, doubles: doubles, pictures: nil,
      description: "\(points.count) points of \(points.dimension) values from \(Float(range.low)) to "
        + "\(Float(range.high)), npy \(element.rawValue)", sha256: sha256)
  }
}
