// SPDX-License-Identifier: MIT

/// How the pictures of a source were found; as text a short phrase: "npy float32 in -1..1, NHWC", "folder of PNG".
public struct PictureForm: Sendable, Hashable, CustomStringConvertible {
  /// The kind of source: "gzip IDX", "npz float32", "zip of PNG and JPEG".
  public let name: String
  /// The axes of an array: "NHWC", "NCHW", "NHW" or "rows of 28 x 28 x 1"; nil for other sources.
  public let axes: String?
  /// What floats were taken to mean; nil for bytes.
  public let range: ValueRange?
  /// The smallest and the largest float; nil for bytes.
  public let values: ClosedRange<Double>?

  /// `name`: the kind of source; the rest of arrays alone.
  public init(_ name: String, axes: String? = nil, range: ValueRange? = nil, values: ClosedRange<Double>? = nil) {
    (self.name, self.axes, self.range, self.values) = (name, axes, range, values)
  }

  public var description: String {
    name + (range.map { " in \($0.rawValue)" } ?? "") + (axes.map { ", \($0)" } ?? "")
  }
}
