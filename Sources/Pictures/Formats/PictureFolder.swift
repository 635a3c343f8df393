// SPDX-License-Identifier: MIT
internal import Files

/// A folder of PNG and JPEG files, at any depth, in the order of their paths; the class is the sub-folder.
public enum PictureFolder {
  /// Throws `PictureError`: no picture, a damaged one, pictures of several sizes. Files of other kinds are left out and
  /// counted (`LeftOut`).
  ///
  /// Labels are there if every picture lies in a sub-folder: the index of the topmost one among all, sorted.
  /// Cost: reading and decoding, 25 us for a PNG of 32 x 32.
  public static func read(
    _ path: String, limit: Int = PictureOptions.standardLimit
  ) throws(PictureError) -> PictureSet {
    try PictureSet { memory throws(PictureError) in try copy(path, limit: limit, into: memory) }
  }

  static func copy(_ path: String, limit: Int, into sink: some PictureSink) throws(PictureError) -> PictureHeading {
    var stack = PictureStack(limit: limit, sink: sink)
    let walk = try FolderWalk(path, extensions: DecodedPicture.extensions)
    for file in walk.files {
      let place = walk.path(of: file)
      let bytes = try PictureFile.contents(place, limit: DecodedPicture.fileLimit)
      try stack.append(bytes, name: PrintableText.line(file), path: place.text)
    }
    let classes = Self.classes(walk.files)
    return try stack.heading(
      "folder", path: path, labels: classes?.labels, classes: classes?.names, leftOut: walk.leftOut)
  }

  private static func classes(_ files: [[UInt8]]) -> (labels: [Int], names: [String])? {
    let named = files.compactMap { $0.split(separator: UInt8(ascii: "/")).dropLast().first.map(Array.init) }
    guard named.count == files.count, !named.isEmpty else { return nil }
    let names = Set(named).sorted { $0.lexicographicallyPrecedes($1) }
    let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return (named.map { indices[$0] ?? 0 }, names.map { PrintableText.line($0) })
  }
}
