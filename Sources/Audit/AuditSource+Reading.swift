// SPDX-License-Identifier: MIT
internal import Neighbors
public import Pictures
internal import Kernels

extension AuditSource {
  /// Reads one side: pictures of any form, or points from an npy array (N, d) unless a picture's shape is given.
  ///
  /// Throws `PictureError`, with NaN, sizes that lie and everything else named in one line.
  public init(
    reading path: String, role: String, options: PictureOptions = PictureOptions()
  ) throws(PictureError) {
    if options.shape == nil, let array = try NPYArray.points(reading: path, limit: options.limit) {
      self = try Self.points(array, role: role)
      return
    }
    let set = try PictureSet(reading: path, options: options)
    self.init(
      role: role, path: path, points: PointSet(bytes: set.pixels, dimension: set.pictureSize), pictures: set,
      description: "\(set.count) pictures, \(set.height) x \(set.width), \(set.channels == 1 ? "gray" : "colour")",
      sha256: PictureHash.hex([set.pixels]))
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
