// SPDX-License-Identifier: MIT
internal import Foundation

/// Regular files, opened for reading; pipes and devices are refused, not waited for.
enum PictureFile {
  /// A descriptor, which the caller closes, and the file's bytes.
  static func open(_ path: String) throws(PictureError) -> (descriptor: Int32, size: Int) {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(action: "read", path: path, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .malformed(path: path, problem: "it is not a regular file")
    }
    return (descriptor, Int(status.st_size))
  }

  /// The whole file; throws if it is larger than `limit` bytes.
  static func contents(_ path: String, limit: Int) throws(PictureError) -> [UInt8] {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    guard size <= limit else {
      throw .malformed(path: path, problem: "it has \(size) bytes, more than the \(limit) allowed")
    }
    var (bytes, filled) = ([UInt8](repeating: 0, count: size), 0)
    while filled < size {
      let got = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + filled }, size - filled, off_t(filled))
      }
      if got < 0 && errno == EINTR { continue }
      if got < 0 { throw .system(action: "read", path: path, code: errno) }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }
}
