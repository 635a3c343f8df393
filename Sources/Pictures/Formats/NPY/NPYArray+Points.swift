// SPDX-License-Identifier: MIT
public import Files

extension NPYArray {
  /// What an npy file of points holds, and where.
  public struct Layout: Sendable, Hashable {
    /// How the file stores a value.
    public let element: Element
    /// (N, d).
    public let shape: [Int]
    /// Where the values begin in an uncompressed file whose length fits its shape; nil for gzip.
    public let offset: Int?
  }

  /// The layout of a file if it is npy with the two axes (N, d), else nil. Throws `PictureError`.
  public static func layout(of path: String) throws(PictureError) -> Layout? {
    guard !FolderWalk.isFolder(path) else { return nil }
    var stream = try GzipStream(path)
    guard try stream.next(NPYHeader.magic.count) == NPYHeader.magic else { return nil }
    var again = try GzipStream(path)
    let header = try NPYHeader(&again)
    guard header.shape.count == 2 else { return nil }
    let size = try PictureSize.bytes(
      header.shape + [header.element.size], limit: PictureStore.standardLimit, path: path)
    guard let length = try PictureFile.length(of: path, beginsWith: NPYHeader.magic) else {
      return Layout(element: header.element, shape: header.shape, offset: nil)
    }
    guard length - header.length == size else {
      throw .malformed(
        path: path, problem: "it has \(length - header.length) bytes of values; its shape \(header.shape) needs \(size)"
      )
    }
    return Layout(element: header.element, shape: header.shape, offset: header.length)
  }
}
