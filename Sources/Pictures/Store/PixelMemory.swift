// SPDX-License-Identifier: MIT

/// Pixels in an array: the sink of `PictureSet`.
final class PixelMemory: PictureSink {
  private(set) var pixels: [UInt8] = []

  var count: Int { pixels.count }

  func append(_ pixels: [UInt8]) { self.pixels += pixels }

  func colour() { pixels = pixels.tripled }
}
