// SPDX-License-Identifier: MIT

/// One picture of doubles: rows, columns, channels; the meaning of the values is the caller's.
public struct Picture: Sendable, Equatable {
  /// Rows of pixels.
  public let height: Int
  /// Columns of pixels.
  public let width: Int
  /// 1 (gray) or 3 (red, green, blue).
  public let channels: Int
  /// `height * width * channels` values.
  public let values: [Double]

  /// 1 or 3 channels and as many values as the sizes say, channels fastest; others stop the program.
  public init(height: Int, width: Int, channels: Int = 1, values: [Double]) {
    precondition(channels == 1 || channels == 3, "\(channels) channels")
    precondition(
      values.count == height * width * channels,
      "\(values.count) values of a \(height) x \(width) x \(channels) picture")
    (self.height, self.width, self.channels, self.values) = (height, width, channels, values)
  }

  /// A value, counted from 0, from the top left.
  public subscript(row: Int, column: Int, channel: Int = 0) -> Double {
    values[(row * width + column) * channels + channel]
  }

  /// The picture's luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, as Pillow's mode L, but not rounded).
  public var gray: Picture {
    guard channels == 3 else { return self }
    let (red, green, blue) = (plane(0), plane(1), plane(2))
    let luma = red.indices.map { 0.299 * red[$0] + 0.587 * green[$0] + 0.114 * blue[$0] }
    return Picture(height: height, width: width, values: luma)
  }

  /// One channel, row after row.
  func plane(_ channel: Int) -> [Double] {
    stride(from: channel, to: values.count, by: channels).map { values[$0] }
  }
}
