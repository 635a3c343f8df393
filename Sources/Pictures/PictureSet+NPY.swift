// SPDX-License-Identifier: MIT

extension PictureSet {
  /// Pictures in an array (N, H, W), (N, H, W, C), (N, C, H, W) or (N, d), of bytes or of floats cut to 256 levels.
  ///
  /// Throws `PictureError` where shape, layout or range leave more than one reading, or none.
  public init(
    array: NPYArray, labels: [Int]? = nil, options: PictureOptions = PictureOptions()
  ) throws(PictureError) {
    let pixels = try NPYPixels(path: array.path, element: array.element, shape: array.shape, options: options)
    try self.init { memory throws(PictureError) in
      try pixels.copy("array", labels: labels, into: memory) { () throws(PictureError) in
        MemoryStream(array.bytes, path: array.path)
      }
    }
  }
}
