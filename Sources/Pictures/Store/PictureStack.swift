// SPDX-License-Identifier: MIT
internal import Files

/// Pictures decoded one by one into a sink: all of one size; gray ones among coloured ones become coloured.
struct PictureStack<Sink: PictureSink> {
  private let sink: Sink
  private let limit: Int
  private var first: (height: Int, width: Int, name: String)?
  private var isColoured = false
  private var kinds: Set<String> = []
  private(set) var names: [String] = []

  init(limit: Int, sink: Sink) { (self.limit, self.sink) = (limit, sink) }

  /// Bytes that the next picture may take.
  private var room: Int { limit - sink.count }

  /// Decodes a PNG or JPEG; throws `PictureError` for damage, or another size than the first picture's.
  mutating func append(_ bytes: [UInt8], name: String, path: String) throws(PictureError) {
    let picture = try DecodedPicture(bytes, path: path, limit: room)
    if let first, (first.height, first.width) != (picture.height, picture.width) {
      let others = "\(first.name) is \(first.height) x \(first.width)"
      throw .malformed(
        path: path,
        problem: "it is \(picture.height) x \(picture.width) (height x width), but \(others): all pictures of a set "
          + "must have one size")
    }
    if first == nil { (first, isColoured) = ((picture.height, picture.width, name), picture.channels == 3) }
    if picture.channels == 3 && !isColoured {
      guard sink.count <= limit / 3 else { throw full(path) }
      try sink.colour()
      isColoured = true
    }
    let isGrayAmongColours = isColoured && picture.channels == 1
    guard picture.pixels.count <= (isGrayAmongColours ? room / 3 : room) else { throw full(path) }
    if isGrayAmongColours { try appendTripled(picture.pixels) } else { try sink.append(picture.pixels) }
    names.append(PrintableText.line(name))
    kinds.insert(DecodedPicture.isPNG(bytes) ? "PNG" : "JPEG")
  }

  /// In pieces: a picture of the largest size would take three times its bytes.
  private func appendTripled(_ pixels: [UInt8]) throws(PictureError) {
    for start in stride(from: 0, to: pixels.count, by: 1 << 20) {
      try sink.append(Array(pixels[start..<min(start + 1 << 20, pixels.count)]).tripled)
    }
  }

  private func full(_ path: String) -> PictureError {
    .malformed(path: path, problem: "with it the set takes more than the limit of \(limit) bytes")
  }

  /// What was appended, from a `source` such as "folder"; throws `PictureError` if that was nothing.
  func heading(
    _ source: String, path: String, labels: [Int]?, classes: [String]? = nil, leftOut: LeftOut
  ) throws(PictureError) -> PictureHeading {
    guard let first else { throw .malformed(path: path, problem: "no PNG or JPEG picture in it") }
    let kinds = ["PNG", "JPEG"].filter(kinds.contains).joined(separator: " and ")
    return PictureHeading(
      count: names.count, shape: PictureShape(height: first.height, width: first.width, channels: isColoured ? 3 : 1),
      labels: labels, classes: classes, names: names, form: PictureForm("\(source) of \(kinds)"), leftOut: leftOut)
  }
}
