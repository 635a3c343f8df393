// SPDX-License-Identifier: MIT

/// Bicubic interpolation between two sizes: Keys' kernel with a = -1/2, stretched by the factor where the picture
/// shrinks (antialiased), weights that fall outside the picture left out and the others scaled to sum 1.
///
/// This is what Pillow's BICUBIC (mode F) and jax.image.resize(method="bicubic") compute. zimg itself mirrors at the
/// edges; here the picture is surrounded by zeros, resized, and divided by ones that were resized in the same way.
/// Single precision: 3e-7 of the largest value. R. Keys, IEEE Trans. ASSP 29 (1981) 1153, equation (15).
public struct BicubicResizer {
  /// The largest height or width.
  public static let largestSide = 8192
  private let graph: ZimgGraph?
  private let from: (height: Int, width: Int)
  private let to: (height: Int, width: Int)
  private var weights: [Double] = []

  /// Throws `PictureError.invalid` for sides below 1 or above `largestSide`.
  public init(from: (height: Int, width: Int), to: (height: Int, width: Int)) throws(PictureError) {
    for side in [from.height, from.width, to.height, to.width] where !(1...Self.largestSide).contains(side) {
      throw .invalid("a picture cannot be resized with a side of \(side) pixels; allowed are 1 to \(Self.largestSide)")
    }
    (self.from, self.to) = (from, to)
    graph = from == to ? nil : try ZimgGraph(from: from, to: to)
    if let graph { weights = try graph.run(Array(repeating: 1, count: from.height * from.width)) }
  }

  /// A picture of the first size in the second; throws `PictureError.invalid` if zimg runs out of memory.
  public func resize(_ picture: Picture) throws(PictureError) -> Picture {
    precondition((picture.height, picture.width) == from, "a \(picture.height) x \(picture.width) picture")
    guard let graph else { return picture }
    var values = [Double](repeating: 0, count: to.height * to.width * picture.channels)
    for channel in 0..<picture.channels {
      let plane = try graph.run(picture.plane(channel))
      for place in plane.indices { values[place * picture.channels + channel] = plane[place] / weights[place] }
    }
    return Picture(height: to.height, width: to.width, channels: picture.channels, values: values)
  }
}

extension Picture {
  /// The picture in another size, bicubic, antialiased where it shrinks; see `BicubicResizer`.
  ///
  /// Throws `PictureError.invalid` for sides below 1 or above `BicubicResizer.largestSide`.
  public func resized(height: Int, width: Int) throws(PictureError) -> Picture {
    try BicubicResizer(from: (self.height, self.width), to: (height, width)).resize(self)
  }
}
