// SPDX-License-Identifier: MIT

/// Pictures of one size in a flat file, for sets larger than the memory.
///
/// The file holds `count * height * width * channels` bytes and nothing else, picture after picture, channels last, as
/// `PictureSet.pixels`. It is mapped: pages are read when they are looked at and given back when memory is short. Who
/// cuts the file off while a store is in use ends the process. The file stays when the store goes.
public struct PictureStore: Sendable {
  /// The most bytes of pixels, or of an array's elements: 1 TiB.
  public static let standardLimit = 1 << 40
  /// The flat file.
  public let path: String
  /// SHA-256 of the pixels, 64 hexadecimal digits.
  public let digest: String
  private let heading: PictureHeading
  private let mapping: PixelMapping

  /// Reads a source as `PictureSet(reading:options:)` does, picture after picture, into `file`.
  ///
  /// `limit` stands for the options' own. Memory: a few pictures or a few MiB, whatever the size, and names and labels.
  /// Floats without a named range are read twice. Throws `PictureError`, those of `PictureSet` and those of writing (a
  /// full disk); then there is no new file.
  public init(
    reading source: String, options: PictureOptions = PictureOptions(), limit: Int = PictureStore.standardLimit,
    into file: String
  ) throws(PictureError) {
    var options = options
    options.limit = limit
    try self.init(file, source) { [options] sink throws(PictureError) in
      try PictureReader.read(source, options, into: sink)
    }
  }

  /// Writes a set from memory; throws `PictureError` where the file cannot be written.
  public init(_ set: PictureSet, into file: String) throws(PictureError) {
    try self.init(file, nil) { sink throws(PictureError) in
      for start in stride(from: 0, to: set.pixels.count, by: 1 << 20) {
        try sink.append(Array(set.pixels[start..<min(start + 1 << 20, set.pixels.count)]))
      }
      return set.heading
    }
  }

  private init(
    _ file: String, _ source: String?, _ read: (PixelFile) throws(PictureError) -> PictureHeading
  ) throws(PictureError) {
    let sink = try PixelFile(file, source: source)
    heading = try read(sink)
    (path, (digest, mapping)) = (file, try sink.finish())
  }

  /// Pictures.
  public var count: Int { heading.count }
  /// Rows of pixels of each.
  public var height: Int { heading.shape.height }
  /// Columns of pixels of each.
  public var width: Int { heading.shape.width }
  /// 1 or 3.
  public var channels: Int { heading.shape.channels }
  /// One class per picture, if the source has classes.
  public var labels: [Int]? { heading.labels }
  /// What the labels are called, where the source says: `classes[label]`.
  public var classes: [String]? { heading.classes }
  /// One name per picture, relative to the source, if the source has names.
  public var names: [String]? { heading.names }
  /// How the pictures were found; nil for a set that was not read.
  public var form: PictureForm? { heading.form }
  /// What lies in the source and was not read.
  public var leftOut: LeftOut { heading.leftOut }

  /// Values of one picture: height * width * channels.
  public var pictureSize: Int { height * width * channels }

  /// What reports call a picture: its name in the source, or else its index.
  public func name(_ index: Int) -> String { names?[index] ?? String(index) }

  /// The index-th picture, its values 0 to 255.
  public subscript(index: Int) -> Picture {
    Picture(height: height, width: width, channels: channels, values: bytes(index).map { Double($0) })
  }

  /// The pixels of the index-th picture: height * width * channels, 0 to 255.
  public func bytes(_ index: Int) -> [UInt8] {
    precondition(index >= 0 && index < count, "picture \(index) of \(count)")
    return Array(mapping.bytes[index * pictureSize..<(index + 1) * pictureSize])
  }

  /// Calls `body` with all pixels as the system maps them; they must not be used afterwards.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // The mapping must outlive the pointer.
    try withExtendedLifetime(mapping) { () throws(Failure) in try body(mapping.bytes) }
  }

  /// The pictures in memory.
  public var set: PictureSet { PictureSet(heading, pixels: withUnsafeBytes { Array($0) }) }
}
