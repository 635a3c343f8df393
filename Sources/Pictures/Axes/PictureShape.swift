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

/// Sizes that files declare, which may lie.
enum PictureSize {
  /// The product of the sizes, each at least 1; throws where it overflows or exceeds `limit` bytes.
  static func bytes(_ sizes: [Int], limit: Int, path: String) throws(PictureError) -> Int {
    let shape = sizes.map(String.init).joined(separator: " x ")
    var product = 1
    for size in sizes {
      guard size >= 1 else { throw .malformed(path: path, problem: "it declares \(shape) values, which is no picture") }
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow, next <= limit else {
        throw .malformed(path: path, problem: "it declares \(shape) bytes, more than the limit of \(limit)")
      }
      product = next
    }
    return product
  }
}
