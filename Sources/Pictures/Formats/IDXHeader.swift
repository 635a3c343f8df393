// SPDX-License-Identifier: MIT

/// The beginning of an IDX file: a magic number and one size per axis, big endian.
struct IDXHeader {
  let path: String
  /// (N, H, W) or (N), each at least 1.
  let shape: [Int]
  /// As in the file.
  let bytes: [UInt8]

  /// Throws `PictureError` for other magic numbers and for more than `limit` values.
  init(_ stream: inout some ByteStream & ~Copyable, limit: Int) throws(PictureError) {
    path = stream.path
    let magic = try stream.bytes(4, of: "magic number")
    let axes = try Self.axes(Self.integer(magic), path: stream.path)
    let sizes = try stream.bytes(4 * axes, of: "header")
    (shape, bytes) = (stride(from: 0, to: sizes.count, by: 4).map { Self.integer(sizes[$0..<$0 + 4]) }, magic + sizes)
    _ = try PictureSize.bytes(shape, limit: limit, path: path)
  }

  init(_ file: IDXFile) { (path, shape, bytes) = (file.path, file.shape, file.header) }

  /// Values that follow.
  var count: Int { shape.reduce(1, *) }

  /// What the values are, for errors.
  var contents: String { shape.count == 3 ? "pictures" : "labels" }

  /// Throws `PictureError` where the file holds labels.
  func checkPictures() throws(PictureError) {
    guard shape.count == 3 else {
      throw .malformed(path: path, problem: "it holds labels (2049), not pictures (2051)")
    }
  }

  /// Throws `PictureError` where `labels` are not those of this file's pictures.
  func check(labels: IDXHeader) throws(PictureError) {
    guard labels.shape.count == 1 else {
      throw .malformed(path: labels.path, problem: "it holds pictures (2051), not labels (2049)")
    }
    guard labels.shape[0] == shape[0] else {
      throw .malformed(
        path: labels.path, problem: "it has \(labels.shape[0]) labels, \(path) has \(shape[0]) pictures")
    }
  }

  func heading(_ form: String, labels: [UInt8]?) -> PictureHeading {
    PictureHeading(
      count: shape[0], shape: PictureShape(height: shape[1], width: shape[2]), labels: labels?.map { Int($0) },
      form: PictureForm(form))
  }

  /// Copies a file of pictures, plain or gzip.
  static func copy(
    _ path: String, options: PictureOptions, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    var stream = try GzipStream(path)
    let header = try IDXHeader(&stream, limit: options.limit)
    try header.checkPictures()
    let labels = if let path = options.labels { try header.labels(path, limit: options.limit) } else { [UInt8]?.none }
    try stream.blocks(header.count, by: 1 << 20, of: header.contents) { block throws(PictureError) in
      try sink.append(block)
    }
    try stream.end(after: header.contents)
    return header.heading(stream.isCompressed ? "gzip IDX" : "IDX", labels: labels)
  }

  /// The labels in a file, read once their number is that of the pictures: a small file may promise gigabytes.
  private func labels(_ path: String, limit: Int) throws(PictureError) -> [UInt8] {
    var stream = try GzipStream(path)
    let header = try IDXHeader(&stream, limit: limit)
    try check(labels: header)
    let labels = try stream.bytes(header.count, of: header.contents)
    try stream.end(after: header.contents)
    return labels
  }

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
