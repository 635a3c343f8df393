// SPDX-License-Identifier: MIT
internal import Foundation
internal import Neighbors
public import Pictures
internal import Kernels

extension AuditSource {
  /// Reads one side: pictures of any form, or points from an npy array (N, d) unless a picture's shape is given.
  ///
  /// Pictures are copied one by one into a flat file in `scratch`, which is mapped and has no name any more when this
  /// returns: memory stays bounded whatever the size, and nothing is left behind. Throws `PictureError` and
  /// `NeighborError`, with NaN, sizes that lie and everything else named in one line.
  public init(
    reading path: String, role: String, options: PictureOptions = PictureOptions(), scratch: String
  ) throws {
    if options.shape == nil, let points = try Self.points(reading: path, role: role, limit: options.limit) {
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
  public init(embeddings path: String, role: String, limit: Int = PictureOptions.standardLimit) throws {
    guard let points = try Self.points(reading: path, role: role, limit: limit) else {
      throw AuditError("\(path): embeddings are an npy array of shape (N, d)")
    }
    self = points
  }

  /// The points of an npy array (N, d), nil for other files. An uncompressed array of float32 is mapped, not read.
  private static func points(reading path: String, role: String, limit: Int) throws -> AuditSource? {
    guard let place = try NPYArray.place(of: path) else { return nil }
    if let offset = place.offset, place.element == .float32 {
      let points = try PointSet(
        mapping: path, offset: offset, count: place.shape[0], dimension: place.shape[1], scalar: .floats)
      if let wrong = points.firstNonFinite() {
        throw AuditError(
          "\(path): value \(wrong.column) of point \(wrong.row) is nan or infinite; only finite values can be compared")
      }
      return try AuditSource(floats: points, role: role, path: path, doubles: nil, element: place.element)
    }
    let array = try NPYArray(reading: path, limit: limit)
    let values = try array.flattened()
    let points = PointSet(floats: values.values.map { Float($0) }, dimension: values.columns)
    return try AuditSource(
      floats: points, role: role, path: path, doubles: array.element == .float64 ? values : nil, element: array.element)
  }

  private init(
    floats points: PointSet, role: String, path: String, doubles: Matrix?, element: NPYArray.Element
  ) throws(AuditError) {
    let extremes = PointExtremes(points)
    // Squares of what lies beyond would be infinite, or zero, in the arithmetic of the search.
    let largest = doubles.map { $0.values.reduce(0) { max($0, abs($1)) } } ?? extremes.largest
    guard largest <= 1e18, largest == 0 || largest >= 1e-15 else {
      throw AuditError(
        "\(path): its largest value is \(largest) in size; allowed are 1e-15 to 1e18: scale all sides alike")
    }
    self.init(
      role: role, path: path, points: points, doubles: doubles, pictures: nil,
      description: "\(points.count) points of \(points.dimension) values from \(Float(extremes.low)) to "
        + "\(Float(extremes.high)), npy \(element.rawValue)",
      sha256: doubles.map { matrix in matrix.values.withUnsafeBytes { PictureHash.hex([Array($0)]) } }
        ?? extremes.sha256)
  }
}
