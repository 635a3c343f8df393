// SPDX-License-Identifier: MIT
internal import Foundation

/// An open file descriptor, closed at the end of its life.
///
/// POSIX calls rather than Foundation's: only they tell a full disk from a read-only one, and only they reach fsync.
package struct OpenFile: ~Copyable {
  private let descriptor: Int32
  package let path: String
  private let action: String

  /// Opens `path` with O_ flags; `action` names the purpose in errors ("read", "write", "create").
  package init(_ path: String, _ flags: Int32, action: String) throws(StoreError) {
    // Not inherited: a program started meanwhile must not keep a lock alive.
    descriptor = open(path, flags | O_CLOEXEC, 0o666)
    (self.path, self.action) = (path, action)
    if descriptor < 0 { throw .system(action: action, path: path, code: errno) }
  }

  /// A copy of a descriptor that is open already: its place in the file is shared.
  package init(duplicating number: Int32, path: String, action: String) throws(StoreError) {
    descriptor = fcntl(number, F_DUPFD_CLOEXEC, 3)
    (self.path, self.action) = (path, action)
    if descriptor < 0 { throw .system(action: action, path: path, code: errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func failure() -> StoreError { .system(action: action, path: path, code: errno) }

  package func write(_ bytes: [UInt8]) throws(StoreError) {
    try Self.write(bytes, to: descriptor, path: path, action: action)
  }

  /// The same to a descriptor that is another's.
  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String, action: String) throws(StoreError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN {
        // A parent gave us a pipe that does not wait.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
        continue
      }
      if count < 0 { throw .system(action: action, path: path, code: errno) }
      written += count
    }
  }

  /// Waits until the contents are on the disk. Special files cannot be synchronized, and need not be.
  package func synchronize() throws(StoreError) {
    if fsync(descriptor) != 0 && errno != EINVAL && errno != ENOTSUP { throw failure() }
  }

  /// Bytes of a regular file; nil for pipes, devices and folders.
  package func size() throws(StoreError) -> Int? {
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw failure() }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Whether the path still names this file.
  func isStill(at path: String) throws(StoreError) -> Bool {
    var (own, other) = (stat(), stat())
    if fstat(descriptor, &own) != 0 { throw failure() }
    return lstat(path, &other) == 0 && (own.st_dev, own.st_ino) == (other.st_dev, other.st_ino)
  }

  package func truncate(to size: Int) throws(StoreError) {
    if ftruncate(descriptor, off_t(size)) != 0 { throw failure() }
  }

  /// All bytes of a regular file.
  package func contents() throws(StoreError) -> [UInt8] {
    guard let size = try size() else { throw .corrupt(path: path, line: nil, problem: "is not a regular file") }
    return try bytes(at: 0, count: size)
  }

  /// Up to `count` bytes from `offset`; fewer where the file ends.
  package func bytes(at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
    var (bytes, filled) = ([UInt8](repeating: 0, count: count), 0)
    while filled < count {
      let got = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
      }
      if got < 0 && errno == EINTR { continue }
      if got < 0 { throw failure() }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }

  /// Takes the advisory lock; false if someone else holds it and `waiting` is false.
  package func lock(waiting: Bool = false) throws(StoreError) -> Bool {
    while flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      if errno == EWOULDBLOCK { return false }
      throw failure()
    }
    return true
  }

  /// The whole file at `path`.
  package static func read(_ path: String) throws(StoreError) -> [UInt8] {
    // A pipe without a writer would be waited for.
    try OpenFile(path, O_RDONLY | O_NONBLOCK, action: "read").contents()
  }
}
