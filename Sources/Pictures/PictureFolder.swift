// SPDX-License-Identifier: MIT

/// A folder of PNG and JPEG files, at any depth, in the order of their paths; the class is the sub-folder.
public enum PictureFolder {
  /// Throws `PictureError`: no picture, a damaged one, pictures of several sizes. Files of other kinds are left out.
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
    for name in try FolderWalk(path, extensions: DecodedPicture.extensions).files {
      let file = "\(path)/\(name)"
      let bytes = try PictureFile.contents(file, limit: DecodedPicture.fileLimit)
      try stack.append(bytes, name: name, path: file)
    }
    let classes = Self.classes(stack.names)
    return try stack.heading("folder", path: path, labels: classes?.labels, classes: classes?.names)
  }

  private static func classes(_ files: [String]) -> (labels: [Int], names: [String])? {
    let folders = files.map { $0.split(separator: "/").dropLast().first.map(String.init) }
    let named = folders.compactMap { $0 }
    guard named.count == files.count, !named.isEmpty else { return nil }
    let names = Set(named).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return (named.map { indices[$0] ?? 0 }, names)
  }
}
