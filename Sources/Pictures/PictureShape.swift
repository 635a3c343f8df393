// SPDX-License-Identifier: MIT

/// Height, width and channels of one picture.
public struct PictureShape: Sendable, Hashable, CustomStringConvertible {
  public let height: Int
  public let width: Int
  public let channels: Int

  public init(height: Int, width: Int, channels: Int = 1) {
    (self.height, self.width, self.channels) = (height, width, channels)
  }

  public var description: String { "\(height) x \(width) x \(channels)" }
}
