// SPDX-License-Identifier: MIT

/// An array of bytes in MNIST's format, plain or gzip: pictures (N, H, W) or labels (N).
///
/// A magic number (2051 for pictures, 2049 for labels), one size per axis, the bytes; all integers big endian.
/// http://yann.lecun.com/exdb/mnist
public struct IDXFile: Sendable, Equatable {
  public let path: String
  /// (N, H, W) or (N).
  public let shape: [Int]
  public let values: [UInt8]
  private let header: [UInt8]

  /// Throws `PictureError` for other magic numbers, and for files shorter or longer than their header says.
  public init(reading path: String, limit: Int = PictureOptions.standardLimit) throws(PictureError) {
    var stream = try GzipStream(path)
    let magic = try stream.bytes(4, of: "magic number")
    let axes = try Self.axes(Self.integer(magic), path: path)
    let sizes = try stream.bytes(4 * axes, of: "header")
    shape = stride(from: 0, to: sizes.count, by: 4).map { Self.integer(sizes[$0..<$0 + 4]) }
    let count = try PictureSize.bytes(shape, limit: limit, path: path)
    let contents = axes == 3 ? "pictures" : "labels"
    values = try stream.bytes(count, of: contents)
    try stream.end(after: contents)
    (self.path, header) = (path, magic + sizes)
  }

  public var holdsPictures: Bool { shape.count == 3 }

  /// SHA-256 of the decompressed file, 64 hexadecimal digits.
  public var digest: String { SHA256Digest.hex([header, values]) }

  private static func axes(_ magic: Int, path: String) throws(PictureError) -> Int {
    switch magic {
    case 2051: return 3
    case 2049: return 1
    default:
      throw .malformed(
        path: path, problem: "its magic number is \(magic); IDX pictures have 2051, IDX labels have 2049")
    }
  }

  private static func integer(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}

extension PictureSet {
  /// Pictures in IDX form with their labels; throws `PictureError` where one is the other or counts differ.
  public init(pictures: IDXFile, labels: IDXFile? = nil) throws(PictureError) {
    guard pictures.holdsPictures else {
      throw .malformed(path: pictures.path, problem: "it holds labels (2049), not pictures (2051)")
    }
    if let labels {
      guard !labels.holdsPictures else {
        throw .malformed(path: labels.path, problem: "it holds pictures (2051), not labels (2049)")
      }
      guard labels.shape == [pictures.shape[0]] else {
        throw .malformed(
          path: labels.path,
          problem: "it has \(labels.shape[0]) labels, \(pictures.path) has \(pictures.shape[0]) pictures")
      }
    }
    self.init(
      count: pictures.shape[0], height: pictures.shape[1], width: pictures.shape[2], channels: 1,
      pixels: pictures.values, labels: labels?.values.map { Int($0) })
  }
}
