// SPDX-License-Identifier: MIT

/// A zip of PNG or JPEG files, in the order of their names; labels in `dataset.json` if it is there, as EDM writes it.
public enum PictureArchive {
  /// Throws `PictureError`: no picture, a damaged one, several sizes, labels that do not fit.
  public static func read(
    _ path: String, limit: Int = PictureOptions.standardLimit
  ) throws(PictureError) -> PictureSet {
    try PictureSet { memory throws(PictureError) in try copy(ZipArchive(path), limit: limit, into: memory) }
  }

  static func copy(
    _ archive: ZipArchive, limit: Int, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    var stack = PictureStack(limit: limit, sink: sink)
    for entry in archive.entries where DecodedPicture.extensions.contains(FolderWalk.fileExtension(entry.name)) {
      let place = "\(archive.path), \(entry.name)"
      let bytes = try archive.contents(entry, limit: DecodedPicture.fileLimit)
      try stack.append(bytes, name: entry.name, path: place)
    }
    return try stack.heading("zip", path: archive.path, labels: labels(archive, of: stack.names))
  }

  private static func labels(_ archive: ZipArchive, of names: [String]) throws(PictureError) -> [Int]? {
    guard let entry = archive.entries.first(where: { $0.name == "dataset.json" }) else { return nil }
    let bytes = try archive.contents(entry, limit: ArchiveLabels.fileLimit(pictures: names.count))
    return try ArchiveLabels(bytes, path: "\(archive.path), \(entry.name)").labels(of: names)
  }
}
