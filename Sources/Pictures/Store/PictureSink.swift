// SPDX-License-Identifier: MIT

/// Where readers put pixels: picture after picture, channels last (NHWC), in pieces of any size.
protocol PictureSink: AnyObject {
  /// Bytes so far.
  var count: Int { get }
  /// Throws `PictureError.system` where they cannot be kept.
  func append(_ pixels: [UInt8]) throws(PictureError)
  /// Makes the pixels so far, which are gray, coloured: each byte three times.
  func colour() throws(PictureError)
}

extension [UInt8] {
  /// Each byte three times: gray pixels as coloured ones.
  var tripled: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 3 * count) { target, filled in
      for byte in self {
        (target[filled], target[filled + 1], target[filled + 2]) = (byte, byte, byte)
        filled += 3
      }
    }
  }
}
