// SPDX-License-Identifier: MIT
public import Kernels

/// K gray pictures of one size with values in [0, 1]: the templates of the image laboratory.
public struct TemplateSet: Sendable, Equatable {
  /// h, rows of pixels.
  public let height: Int
  /// w, columns of pixels.
  public let width: Int
  /// (K, height * width): a template per row, its rows one after the other.
  public let values: Matrix
  /// Which pictures of the source they are.
  public let indices: [Int]

  /// Draws `count` different pictures, makes them gray (`Picture.gray`), resizes them (`BicubicResizer`) and maps the
  /// smallest and largest value over all of them to 0 and 1.
  ///
  /// The pictures are a function of the key alone, and those of a smaller count come first. Cost: 1 ms and 10 us a
  /// template of 28 x 28. Throws `PictureError`: more pictures than there are, sides out of range, pictures that are all
  /// of one gray.
  public init(
    drawing count: Int, from set: PictureSet, height: Int, width: Int, key: RandomKey
  ) throws(PictureError) {
    guard count >= 1, count <= set.count else {
      throw .invalid("\(count) templates cannot be drawn; allowed are 1 to \(set.count), the number of pictures")
    }
    indices = Array(key.permutation(set.count).prefix(count))
    let resizer = try BicubicResizer(from: (set.height, set.width), to: (height, width))
    var values: [Double] = []
    for index in indices { values += try resizer.resize(set[index].gray).values }
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    guard high > low else {
      throw .invalid("the \(count) pictures drawn are all of one gray, \(low): they cannot be scaled to [0, 1]")
    }
    // A division, so that the largest is exactly 1.
    self.values = Matrix(rows: count, columns: height * width, values: values.map { ($0 - low) / (high - low) })
    (self.height, self.width) = (height, width)
    // A template of zeros has no colour to learn, and no law.
    if let black = (0..<count).first(where: { row in self.values.row(row).allSatisfy { $0 == 0 } }) {
      throw .invalid(
        "the picture \(set.name(indices[black])) is completely black: a template needs at least one pixel brighter "
          + "than the darkest pixel of all")
    }
  }

  /// K.
  public var count: Int { values.rows }

  /// A template as a picture, values in [0, 1].
  public subscript(index: Int) -> Picture {
    Picture(height: height, width: width, values: Array(values.row(index)))
  }
}
