// SPDX-License-Identifier: MIT
internal import Files

/// Tells the forms of sources apart and gives their pixels to a sink.
enum PictureReader {
  /// See `PictureSet.init(reading:options:)`. Throws `PictureError`; the sink then holds a part.
  static func read(
    _ path: String, _ options: PictureOptions, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    if FolderWalk.isFolder(path) { return try folder(path, limit: options.limit, into: sink) }
    var stream = try GzipStream(path)
    let start = try stream.next(8)
    if start.starts(with: NPYHeader.magic) {
      return try npy(path, stream.isCompressed ? "gzip npy" : "npy", options, into: sink)
    }
    if start.starts(with: [0, 0, 8]) { return try IDXHeader.copy(path, options: options, into: sink) }
    if start.starts(with: Array("PK".utf8)) { return try zip(path, options, into: sink) }
    guard FolderWalk.fileExtension(path) == "bin" else { throw unknown(path, start) }
    return try CIFAR10.copy(path, limit: options.limit, into: sink)
  }

  private static func folder(
    _ path: String, limit: Int, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    for split in [CIFAR10.Split.training, .test] where try CIFAR10.isFolder(path, split: split) {
      return try CIFAR10.copy(path, split: split, limit: limit, into: sink)
    }
    return try PictureFolder.copy(path, limit: limit, into: sink)
  }

  private static func npy(
    _ path: String, _ source: String, _ options: PictureOptions, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    var start = try GzipStream(path)
    let header = try NPYHeader(&start)
    _ = try header.byteCount(limit: options.limit, path: path)
    let pixels = try NPYPixels(path: path, element: header.element, shape: header.shape, options: options)
    return try pixels.copy(source, labels: nil, into: sink) { () throws(PictureError) -> GzipStream in
      var stream = try GzipStream(path)
      try NPYHeader.skip(&stream, expecting: header)
      return stream
    }
  }

  private static func zip(
    _ path: String, _ options: PictureOptions, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    let archive = try ZipArchive(path)
    let hasArrays = archive.entries.contains { $0.name.hasSuffix(".npy") }
    return hasArrays
      ? try NPZFile.copy(archive, options: options, into: sink)
      : try PictureArchive.copy(archive, limit: options.limit, into: sink)
  }

  private static func unknown(_ path: String, _ start: [UInt8]) -> PictureError {
    if start.isEmpty { return .malformed(path: path, problem: "it is empty") }
    if DecodedPicture.isPNG(start) || DecodedPicture.isJPEG(start) {
      return .malformed(path: path, problem: "it is a single picture: give its folder instead")
    }
    if start.starts(with: [0x80]) {
      return .malformed(path: path, problem: "it looks like a pickled Python object, which is never loaded")
    }
    let bytes = start.prefix(4).map { String($0, radix: 16) }.joined(separator: " ")
    return .malformed(
      path: path, problem: "it begins with \(bytes) (hex); known are IDX, npy, npz, a zip of pictures, CIFAR-10's .bin")
  }
}
