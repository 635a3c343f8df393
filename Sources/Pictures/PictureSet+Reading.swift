// SPDX-License-Identifier: MIT

extension PictureSet {
  /// Reads pictures from a file or folder of any known form, told apart by content.
  ///
  /// A folder with CIFAR-10's batches (the training ones if there are any) or of PNG and JPEG files; IDX, npy (each
  /// plain or gzip), npz, a zip of pictures, one CIFAR-10 batch (`.bin`). Throws `PictureError`.
  public init(reading path: String, options: PictureOptions = PictureOptions()) throws(PictureError) {
    if FolderWalk.isFolder(path) {
      self = try Self.folder(path, limit: options.limit)
      return
    }
    var stream = try GzipStream(path)
    let start = try stream.next(8)
    if start.starts(with: NPYArrayHeader.magic) {
      self = try PictureSet(array: NPYArray(reading: path, limit: options.limit), options: options)
    } else if start.starts(with: [0, 0, 8]) {
      self = try Self.idx(path, options)
    } else if start.starts(with: Array("PK".utf8)) {
      self = try Self.zip(path, options)
    } else if FolderWalk.fileExtension(path) == "bin" {
      self = try CIFAR10.read(path, limit: options.limit)
    } else {
      throw Self.unknown(path, start)
    }
  }

  private static func folder(_ path: String, limit: Int) throws(PictureError) -> PictureSet {
    for part in [CIFAR10.Part.training, .test] where try CIFAR10.isFolder(path, part: part) {
      return try CIFAR10.read(path, part: part, limit: limit)
    }
    return try PictureFolder.read(path, limit: limit)
  }

  private static func idx(_ path: String, _ options: PictureOptions) throws(PictureError) -> PictureSet {
    var labels: IDXFile?
    if let file = options.labels { labels = try IDXFile(reading: file, limit: options.limit) }
    return try PictureSet(pictures: IDXFile(reading: path, limit: options.limit), labels: labels)
  }

  private static func zip(_ path: String, _ options: PictureOptions) throws(PictureError) -> PictureSet {
    let archive = try ZipArchive(path)
    let hasArrays = archive.entries.contains { $0.name.hasSuffix(".npy") }
    return hasArrays ? try NPZFile.read(path, options: options) : try PictureArchive.read(archive, limit: options.limit)
  }

  private static func unknown(_ path: String, _ start: [UInt8]) -> PictureError {
    if start.isEmpty { return .malformed(path: path, problem: "it is empty") }
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) || start.starts(with: [0xFF, 0xD8, 0xFF]) {
      return .malformed(path: path, problem: "it is a single picture: name the folder it lies in")
    }
    if start.starts(with: [0x80]) {
      return .malformed(path: path, problem: "it looks like a pickled Python object, which is never loaded")
    }
    let bytes = start.prefix(4).map { String($0, radix: 16) }.joined(separator: " ")
    return .malformed(
      path: path, problem: "it begins with \(bytes) (hex); known are IDX, npy, npz, a zip of pictures, CIFAR-10's .bin")
  }
}
