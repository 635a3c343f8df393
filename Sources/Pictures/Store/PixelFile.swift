// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation

/// Pixels in a file, hashed on the way: the sink of `PictureStore`. Memory: 1 MiB and the piece that is appended.
///
/// Written beside its place under a name of its own and moved there at the end: whoever reads sees the old file or the
/// whole new one. Nobody but the user may read it: these are training data. A class for its deinitializer: without `finish` nothing stays on the disk.
final class PixelFile: PictureSink {
  private(set) var count = 0
  private let path: String
  private let partial: String
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var hasher = SHA256()
  private var isFinished = false
  private static let block = 1 << 20

  /// Throws `PictureError`: a place that is no file's or the source's own, a folder that nobody may write.
  init(_ path: String, source: String?) throws(PictureError) {
    var (status, other) = (stat(), stat())
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw .malformed(path: path, problem: "it is not a regular file: pixels cannot be written there")
      }
      if let source, stat(source, &other) == 0, (status.st_dev, status.st_ino) == (other.st_dev, other.st_ino) {
        throw .invalid("the pixels of \(source) cannot be written over it")
      }
    }
    (self.path, partial) = (path, "\(path).\(UUID().uuidString).partial")
    descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .system(action: "write", path: path, code: errno) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if !isFinished { unlink(partial) }
    }
  }

  func append(_ pixels: [UInt8]) throws(PictureError) {
    guard pixels.count >= Self.block else {
      pending += pixels
      count += pixels.count
      if pending.count >= Self.block { try flush() }
      return
    }
    // A large piece as it stands: no second copy in memory.
    try flush()
    try keep(pixels, at: count)
    count += pixels.count
  }

  /// In place: once from the front for the checksum, once from the end for the bytes, which move behind themselves.
  func colour() throws(PictureError) {
    try flush()
    let starts = stride(from: 0, to: count, by: Self.block)
    hasher = SHA256()
    for start in starts { hasher.update(try block(start).tripled) }
    for start in starts.reversed() { try write(try block(start).tripled, at: 3 * start) }
    count *= 3
  }

  /// Moves the file to its place; gives its SHA-256 and its bytes in memory as the system maps them.
  func finish() throws(PictureError) -> (digest: String, mapping: PixelMapping) {
    try flush()
    let mapping = try PixelMapping(descriptor, count: count, path: path)
    guard rename(partial, path) == 0 else { throw .system(action: "write", path: path, code: errno) }
    isFinished = true
    return (hasher.hex(), mapping)
  }

  private func flush() throws(PictureError) {
    try keep(pending, at: count - pending.count)
    pending.removeAll(keepingCapacity: true)
  }

  private func keep(_ bytes: [UInt8], at offset: Int) throws(PictureError) {
    hasher.update(bytes)
    try write(bytes, at: offset)
  }

  private func write(_ bytes: [UInt8], at offset: Int) throws(PictureError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { memory in
        pwrite(descriptor, memory.baseAddress.map { $0 + done }, memory.count - done, off_t(offset + done))
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .system(action: "write", path: path, code: written < 0 ? errno : EIO) }
      done += written
    }
  }

  /// The bytes of the file from `start` on, at most a block.
  private func block(_ start: Int) throws(PictureError) -> [UInt8] {
    try PictureFile.bytes(descriptor, from: start, count: min(Self.block, count - start), path: path)
  }
}
