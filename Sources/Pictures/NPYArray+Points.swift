// SPDX-License-Identifier: MIT

extension NPYArray {
  /// The array of a file if it is npy with the two axes (N, d), else nil. Throws `PictureError`.
  public static func points(
    reading path: String, limit: Int = PictureOptions.standardLimit
  ) throws(PictureError) -> NPYArray? {
    guard !FolderWalk.isFolder(path) else { return nil }
    var stream = try GzipStream(path)
    guard try stream.next(NPYArrayHeader.magic.count) == NPYArrayHeader.magic else { return nil }
    var again = try GzipStream(path)
    guard try NPYArrayHeader(&again).shape.count == 2 else { return nil }
    return try NPYArray(reading: path, limit: limit)
  }
}
