// SPDX-License-Identifier: MIT

/// Height, width and channels of one picture.
public struct PictureShape: Sendable, Hashable, CustomStringConvertible {
  /// Rows of pixels.
  public let height: Int
  /// Columns of pixels.
  public let width: Int
  /// Values per pixel.
  public let channels: Int

  /// Sizes as given: readers refuse what they cannot be.
  public init(height: Int, width: Int, channels: Int = 1) {
    (self.height, self.width, self.channels) = (height, width, channels)
  }

  public var description: String { "\(height) x \(width) x \(channels)" }
}
