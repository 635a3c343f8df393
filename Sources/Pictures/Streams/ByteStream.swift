// SPDX-License-Identifier: MIT

/// Bytes read from front to back, decompressed on the way where need be.
///
/// Nothing is allocated for what a header only promises: memory grows with the bytes that are there.
protocol ByteStream: ~Copyable {
  /// How errors name it.
  var path: String { get }
  /// The next bytes: up to `count`, fewer only at the end.
  mutating func next(_ count: Int) throws(PictureError) -> [UInt8]
}

extension ByteStream where Self: ~Copyable {
  /// The next `count` bytes; throws where the stream ends before.
  mutating func bytes(_ count: Int, of what: String) throws(PictureError) -> [UInt8] {
    try bytes(count, of: what, after: 0, total: count)
  }

  /// Calls `body` with the next `count` bytes in blocks of `size`, the last of which may be shorter; throws where the
  /// stream ends before.
  mutating func blocks(
    _ count: Int, by size: Int, of what: String, _ body: ([UInt8]) throws(PictureError) -> Void
  ) throws(PictureError) {
    var done = 0
    while done < count {
      let block = try bytes(min(size, count - done), of: what, after: done, total: count)
      try body(block)
      done += block.count
    }
  }

  /// The next `count` of `total` bytes, `done` of which have been read.
  private mutating func bytes(
    _ count: Int, of what: String, after done: Int, total: Int
  ) throws(PictureError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let block = try next(min(count - bytes.count, 1 << 24))
      guard !block.isEmpty else {
        throw .malformed(
          path: path, problem: "it ends after \(done + bytes.count) of the \(total) bytes of its \(what)")
      }
      // The first block tells that there is something: then, and only then, room for the next ones.
      if bytes.isEmpty && block.count == count { return block }
      bytes += block
    }
    return bytes
  }

  /// Throws unless all has been read; checksums of compressed data are checked here.
  mutating func end(after what: String) throws(PictureError) {
    guard try next(1).isEmpty else {
      throw .malformed(path: path, problem: "it goes on after the \(what) that its header declares")
    }
  }
}
