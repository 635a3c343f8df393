// SPDX-License-Identifier: MIT
internal import Files

/// An array of bytes in MNIST's format, plain or gzip: pictures (N, H, W) or labels (N).
///
/// A magic number (2051 for pictures, 2049 for labels), one size per axis, the bytes; all integers big endian.
/// http://yann.lecun.com/exdb/mnist
public struct IDXFile: Sendable, Equatable {
  /// The file it was read from.
  public let path: String
  /// (N, H, W) or (N).
  public let shape: [Int]
  /// The bytes, last axis fastest.
  public let values: [UInt8]
  let header: [UInt8]

  /// Throws `PictureError` for other magic numbers, and for files shorter or longer than their header says.
  public init(reading path: String, limit: Int = PictureOptions.standardLimit) throws(PictureError) {
    var stream = try GzipStream(path)
    let start = try IDXHeader(&stream, limit: limit)
    values = try stream.bytes(start.count, of: start.contents)
    try stream.end(after: start.contents)
    (self.path, shape, header) = (path, start.shape, start.bytes)
  }

  /// Three axes; labels have one.
  public var holdsPictures: Bool { shape.count == 3 }

  /// SHA-256 of the decompressed file, 64 hexadecimal digits.
  public var digest: String { SHA256.hex([header, values]) }
}

extension PictureSet {
  /// Pictures in IDX form with their labels; throws `PictureError` where one is the other or counts differ.
  public init(pictures: IDXFile, labels: IDXFile? = nil) throws(PictureError) {
    let header = IDXHeader(pictures)
    try header.checkPictures()
    if let labels { try header.check(labels: IDXHeader(labels)) }
    self.init(header.heading("IDX", labels: labels?.values), pixels: pictures.values)
  }
}
