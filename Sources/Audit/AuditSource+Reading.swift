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
    if options.shape == nil, let array = try NPYArray.points(reading: path, limit: options.limit) {
      self = try Self.points(array, role: role)
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
  public init(embeddings path: String, role: String, limit: Int = PictureOptions.standardLimit) throws(PictureError) {
    guard let array = try NPYArray.points(reading: path, limit: limit) else {
      throw .malformed(path: path, problem: "embeddings are an npy array of shape (N, d)")
    }
    self = try Self.points(array, role: role)
  }

  private static func points(_ array: NPYArray, role: String) throws(PictureError) -> AuditSource {
    let values = try array.flattened()
    let floats = values.values.map { Float($0) }
    let (low, high) = (values.values.min() ?? 0, values.values.max() ?? 0)
    return AuditSource(
      role: role, path: array.path, points: PointSet(floats: floats, dimension: values.columns),
      doubles: array.element == .float64 ? values : nil, pictures: nil,
      description: "\(values.rows) points of \(values.columns) values from \(Float(low)) to \(Float(high)), "
        + "npy \(array.element.rawValue)",
      sha256: floats.withUnsafeBytes { PictureHash.hex([Array($0)]) })
  }
}
