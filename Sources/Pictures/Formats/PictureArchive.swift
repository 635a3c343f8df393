// SPDX-License-Identifier: MIT
internal import Files

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
    let pictures = archive.entries.filter(isPicture)
    for entry in pictures {
      let place = "\(archive.path), \(entry.name)"
      let bytes = try archive.contents(entry, limit: DecodedPicture.fileLimit)
      try stack.append(bytes, name: entry.name, path: place)
    }
    return try stack.heading(
      "zip", path: archive.path, labels: labels(archive, of: pictures.map(\.name)),
      leftOut: leftOut(archive) { isPicture($0) || $0.name == "dataset.json" ? .taken : .unknown })
  }

  static func isPicture(_ entry: ZipArchive.Entry) -> Bool {
    DecodedPicture.extensions.contains(FolderWalk.fileExtension(entry.name)) && !isHidden(entry)
  }

  /// A Mac's notes on files: `__MACOSX/._0.png`.
  private static func isHidden(_ entry: ZipArchive.Entry) -> Bool {
    entry.name.split(separator: "/").contains { $0.hasPrefix("._") || $0 == "__MACOSX" }
  }

  /// What an entry of a zip is to its reader.
  enum Part {
    case taken
    /// No pictures, of this kind.
    case harmless(String)
    /// To be judged by its name and first bytes.
    case unknown
  }

  /// What a zip holds beside what is read of it.
  static func leftOut(_ archive: ZipArchive, as part: (ZipArchive.Entry) -> Part) -> LeftOut {
    var leftOut = LeftOut()
    for entry in archive.entries {
      let name = PrintableText.line(entry.name)
      switch part(entry) {
      case .taken: continue
      case .harmless(let kind):
        leftOut.add(name, kind: kind)
        continue
      case .unknown: break
      }
      do throws(PictureError) {
        var stream = try archive.stream(entry, limit: .max)
        leftOut.add(
          name, fileExtension: isHidden(entry) ? "hidden" : FolderWalk.fileExtension(entry.name),
          start: try stream.next(LeftOut.startLength))
      } catch {
        leftOut.add(unread: name, reason: error.reason)
      }
    }
    return leftOut
  }

  private static func labels(_ archive: ZipArchive, of names: [String]) throws(PictureError) -> [Int]? {
    guard let entry = archive.entries.first(where: { $0.name == "dataset.json" }) else { return nil }
    let bytes = try archive.contents(entry, limit: ArchiveLabels.fileLimit(pictures: names.count))
    return try ArchiveLabels(bytes, path: "\(archive.path), \(entry.name)").labels(of: names)
  }
}
