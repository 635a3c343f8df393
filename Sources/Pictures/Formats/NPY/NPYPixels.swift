// SPDX-License-Identifier: MIT
internal import Files

/// An array (N, H, W), (N, H, W, C), (N, C, H, W) or (N, d), of bytes or floats, on its way to 8-bit pixels.
struct NPYPixels {
  private let path: String
  private let element: NPYArray.Element
  private let sizes: [Int]
  private let axes: PictureAxes
  private let range: ValueRange?
  /// Elements of blocks that need not be whole pictures, in bytes.
  private static let block = 1 << 20

  /// Throws `PictureError` where shape, layout, type or range leave more than one reading, or none.
  init(
    path: String, element: NPYArray.Element, shape: [Int], options: PictureOptions
  ) throws(PictureError) {
    axes = try PictureAxes(shape, path: path, options: options)
    (self.path, self.element, sizes, range) = (path, element, shape, options.range)
    switch element {
    case .uint8:
      guard range == nil || range == .bytes else {
        throw .malformed(path: path, problem: "it has bytes (0..255), not values in \(range?.rawValue ?? "")")
      }
    case .float32, .float64: break
    case .int32, .int64:
      throw .malformed(path: path, problem: "its type is '\(element.rawValue)'; pictures are |u1, <f4 or <f8")
    }
  }

  /// Copies the elements and gives what they are; `source` is "npy" or the like.
  ///
  /// `open` gives the elements from their beginning. Floats without a named range are read twice: for their range, then
  /// for their levels.
  func copy<Stream: ByteStream & ~Copyable>(
    _ source: String, labels: [Int]?, into sink: some PictureSink, from open: () throws(PictureError) -> Stream
  ) throws(PictureError) -> PictureHeading {
    let taken = try element == .uint8 ? copyBytes(into: sink, from: open) : copyLevels(into: sink, from: open)
    return PictureHeading(
      count: sizes[0], shape: axes.shape, labels: labels,
      form: PictureForm("\(source) \(element)", axes: axes.description, range: taken?.range, values: taken?.values))
  }

  private typealias Values = (range: ValueRange, values: ClosedRange<Double>)

  private func copyBytes<Stream: ByteStream & ~Copyable>(
    into sink: some PictureSink, from open: () throws(PictureError) -> Stream
  ) throws(PictureError) -> Values? {
    var stream = try open()
    try forEachBlock(&stream) { block throws(PictureError) in try sink.append(axes.channelsLast(block)) }
    return nil
  }

  private func copyLevels<Stream: ByteStream & ~Copyable>(
    into sink: some PictureSink, from open: () throws(PictureError) -> Stream
  ) throws(PictureError) -> Values? {
    var taken = range
    if taken == nil {
      var extremes = ValueExtremes(path: path)
      var stream = try open()
      try forEachBlock(&stream) { block throws(PictureError) in try extremes.add(block, element) }
      taken = ValueRange(from: extremes.lowest, to: extremes.highest)
      guard taken != nil else { throw extremes.outside(nil) }
    }
    guard let taken else { return nil }
    var extremes = ValueExtremes(path: path)
    var stream = try open()
    try forEachBlock(&stream) { block throws(PictureError) in
      try extremes.add(block, element)
      try sink.append(axes.channelsLast(levels(block, taken)))
    }
    guard taken.low <= extremes.lowest, extremes.highest <= taken.high else { throw extremes.outside(taken) }
    return (taken, extremes.lowest...extremes.highest)
  }

  /// Blocks of whole pictures where channels must move, of any elements where not.
  private func forEachBlock<Stream: ByteStream & ~Copyable>(
    _ stream: inout Stream, _ body: ([UInt8]) throws(PictureError) -> Void
  ) throws(PictureError) {
    let picture = sizes.dropFirst().reduce(element.size, *)
    let size = axes.isPlanar ? picture * max(1, Self.block / picture) : Self.block
    try stream.blocks(picture * sizes[0], by: size, of: "array", body)
    try stream.end(after: "array")
  }

  /// Finite floats as the nearest of 256 levels.
  private func levels(_ bytes: [UInt8], _ range: ValueRange) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count / element.size) { levels, filled in
      element.forEach(in: bytes) { value in
        levels[filled] = range.level(value)
        filled += 1
      }
    }
  }
}
