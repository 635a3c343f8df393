// SPDX-License-Identifier: MIT
internal import Files

/// Points (N, d) of an npy file on their way to a flat file of 32-bit floats, block by block, whatever their number.
public struct NPYPoints: Sendable {
  /// The smallest and the largest value.
  public let lowest, highest: Double
  /// SHA-256 of the floats.
  public let digest: String
  /// SHA-256 of the values as doubles, of files that hold doubles.
  public let doublesDigest: String?

  /// Reads the file at `path`, plain or gzip, whose `layout` is known. `floats`: where the floats go; `doubles`: where, of a
  /// file of doubles, these go, nil for nowhere. Memory: a few MiB.
  ///
  /// Throws `PictureError`: NaN and infinity, data that do not fit the shape, a full disk; then there is no new file.
  public init(
    reading path: String, layout: NPYArray.Layout, floats: String, doubles: String? = nil
  ) throws(PictureError) {
    let sink = try PixelFile(floats, source: path)
    let second = if let doubles { try PixelFile(doubles, source: path) } else { PixelFile?.none }
    let hash = layout.element == .float64 ? SHA256() : nil
    var extremes = ValueExtremes(path: path)
    var stream = try GzipStream(path)
    let header = try NPYHeader(&stream)
    guard header.element == layout.element, header.shape == layout.shape else {
      throw .malformed(path: path, problem: "it changed while it was read")
    }
    let size = layout.shape.reduce(layout.element.size, *)
    try stream.blocks(size, by: 1 << 20, of: "array") { block throws(PictureError) in
      try extremes.add(block, layout.element)
      hash?.update(block)
      try second?.append(block)
      try sink.append(Self.floats(block, layout.element))
    }
    try stream.end(after: "array")
    digest = try sink.finish().digest
    _ = try second?.finish()
    (lowest, highest, doublesDigest) = (extremes.lowest, extremes.highest, hash?.hex())
  }

  /// The bytes of whole elements as those of floats.
  private static func floats(_ bytes: [UInt8], _ element: NPYArray.Element) -> [UInt8] {
    var floats: [Float] = []
    floats.reserveCapacity(bytes.count / element.size)
    element.forEach(in: bytes) { floats.append(Float($0)) }
    return floats.withUnsafeBytes { Array($0) }
  }
}
