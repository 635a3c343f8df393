// SPDX-License-Identifier: MIT

/// Pictures decoded one by one into a set: all of one size; gray ones among coloured ones become coloured.
struct PictureStack {
  private let limit: Int
  private var first: (shape: DecodedPicture, name: String)?
  private var isColoured = false
  private var pixels: [UInt8] = []
  private(set) var names: [String] = []

  init(limit: Int) { self.limit = limit }

  /// Bytes that the next picture may take.
  var room: Int { limit - pixels.count }

  /// Throws `PictureError` for a picture of another size than the first.
  mutating func append(_ picture: DecodedPicture, name: String, path: String) throws(PictureError) {
    if let first, (first.shape.height, first.shape.width) != (picture.height, picture.width) {
      let others = "\(first.name) is \(first.shape.height) x \(first.shape.width)"
      throw .malformed(
        path: path,
        problem: "it is \(picture.height) x \(picture.width) (height x width), \(others): one set, one size")
    }
    if first == nil {
      first = (DecodedPicture(height: picture.height, width: picture.width, channels: 0, pixels: []), name)
      isColoured = picture.channels == 3
    }
    if picture.channels == 3 && !isColoured {
      guard pixels.count <= limit / 3 else { throw full(path) }
      (pixels, isColoured) = (pixels.flatMap { [$0, $0, $0] }, true)
    }
    let added = isColoured ? picture.coloured.pixels : picture.pixels
    guard added.count <= room else { throw full(path) }
    pixels += added
    names.append(name)
  }

  private func full(_ path: String) -> PictureError {
    .malformed(path: path, problem: "with it the set takes more than the limit of \(limit) bytes")
  }

  /// The set; throws `PictureError` if nothing was appended.
  func set(path: String, labels: [Int]?, classes: [String]? = nil) throws(PictureError) -> PictureSet {
    guard let shape = first?.shape else { throw .malformed(path: path, problem: "no PNG or JPEG picture in it") }
    return PictureSet(
      count: names.count, height: shape.height, width: shape.width, channels: isColoured ? 3 : 1, pixels: pixels,
      labels: labels, classes: classes, names: names)
  }
}
