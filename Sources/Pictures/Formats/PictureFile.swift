// SPDX-License-Identifier: MIT
internal import Files
internal import Foundation

/// Regular files, opened for reading; pipes and devices are refused, not waited for.
enum PictureFile {
  /// A descriptor, which the caller closes, and the file's bytes.
  static func open(_ path: RawPath) throws(PictureError) -> (descriptor: Int32, size: Int) {
    let descriptor = path.withCString { Foundation.open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw .system(action: "read", path: path.text, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .malformed(path: path.text, problem: "it is not a regular file")
    }
    return (descriptor, Int(status.st_size))
  }

  static func open(_ path: String) throws(PictureError) -> (descriptor: Int32, size: Int) { try open(RawPath(path)) }

  /// The whole file; throws if it is larger than `limit` bytes.
  static func contents(_ path: RawPath, limit: Int) throws(PictureError) -> [UInt8] {
    var stream = try FileStream(path)
    guard stream.size <= limit else { throw tooLarge(path.text, stream.size, limit) }
    return try stream.next(stream.size)
  }

  /// The first bytes, fewer of a shorter file.
  static func start(of path: RawPath, count: Int) throws(PictureError) -> [UInt8] {
    var stream = try FileStream(path)
    return try stream.next(count)
  }

  static func tooLarge(_ path: String, _ size: Int, _ limit: Int) -> PictureError {
    .malformed(path: path, problem: "it has \(size) bytes, more than the \(limit) allowed")
  }

  /// Up to `count` bytes of an open file, fewer only at its end.
  static func bytes(
    _ descriptor: Int32, from start: Int, count: Int, path: String
  ) throws(PictureError) -> [UInt8] {
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(start + filled))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    if let failure { throw .system(action: "read", path: path, code: failure) }
    return bytes
  }

  /// The length of a file that begins with these bytes; nil if it begins otherwise, as compressed files do.
  static func length(of path: String, beginsWith start: [UInt8]) throws(PictureError) -> Int? {
    var stream = try FileStream(path)
    let size = stream.size
    return try stream.next(start.count) == start ? size : nil
  }
}
