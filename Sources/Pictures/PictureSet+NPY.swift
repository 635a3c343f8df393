// SPDX-License-Identifier: MIT

extension PictureSet {
  /// Pictures in an array (N, H, W), (N, H, W, C), (N, C, H, W) or (N, d), of bytes or of floats cut to 256 levels.
  ///
  /// Throws `PictureError` where shape, layout or range leave more than one reading, or none.
  public init(
    array: NPYArray, labels: [Int]? = nil, options: PictureOptions = PictureOptions()
  ) throws(PictureError) {
    let axes = try PictureAxes(array, options: options)
    let shape = axes.shape
    let pixels = try array.levels(options.range)
    self.init(
      count: array.shape[0], height: shape.height, width: shape.width, channels: shape.channels,
      pixels: axes.layout == .channelsFirst ? Self.channelsLast(pixels, shape) : pixels, labels: labels)
  }

  /// Planes of channels as pixels of channels.
  private static func channelsLast(_ pixels: [UInt8], _ shape: PictureShape) -> [UInt8] {
    let (area, channels) = (shape.height * shape.width, shape.channels)
    guard channels > 1 else { return pixels }
    return [UInt8](unsafeUninitializedCapacity: pixels.count) { moved, filled in
      for start in stride(from: 0, to: pixels.count, by: area * channels) {
        for place in 0..<area {
          for channel in 0..<channels {
            moved[filled] = pixels[start + channel * area + place]
            filled += 1
          }
        }
      }
    }
  }
}
