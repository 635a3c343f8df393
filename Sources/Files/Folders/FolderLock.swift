// SPDX-License-Identifier: MIT
internal import Foundation

/// Exclusive use of a folder: an advisory lock on its file `.lock`, which names the holder.
///
/// The kernel releases it when the process ends, however it ends: there is no stale lock to remove. A class because
/// the lock lives exactly as long as the one descriptor that holds it.
public final class FolderLock: Sendable {
  /// The name of the lock's file in the folder.
  public static let fileName = ".lock"
  private let file: OpenFile

  /// Throws `StoreError.locked` with the holder's process, host and start if another holder exists.
  public init(_ folder: String) throws(StoreError) {
    let path = "\(folder)/\(Self.fileName)"
    file = try Self.locked(path, in: folder)
    try file.truncate(to: 0)
    try file.write(Array("\(Self.holder)\n".utf8))
  }

  /// The open file with its lock, a file that is a lock's or empty; not one that its last holder took away meanwhile.
  private static func locked(_ path: String, in folder: String) throws(StoreError) -> OpenFile {
    while true {
      let file = try OpenFile(path, O_RDWR | O_CREAT | O_NOFOLLOW, action: "lock")
      let isFile = try file.size() != nil
      let text = isFile ? String(decoding: try file.bytes(at: 0, count: 500), as: UTF8.self) : "special"
      guard text.isEmpty || text.hasPrefix("process ") else {
        throw .corrupt(
          path: path, line: nil, problem: "is not a lock of this program: move it away, or choose another folder")
      }
      guard try lock(file) else {
        let holder = text.split(separator: "\n").first.map(String.init)
        throw .locked(path: folder, holder: holder ?? "another process")
      }
      if try file.isStill(at: path) { return file }
    }
  }

  /// Tries for half a second: a program being started by another thread holds a copy of every descriptor for a moment,
  /// so that a lock just released may still look taken.
  private static func lock(_ file: borrowing OpenFile) throws(StoreError) -> Bool {
    for _ in 0..<50 {
      if try file.lock() { return true }
      usleep(10_000)
    }
    return false
  }

  /// `process 4711 on host since 2025-01-01T12:00:00Z`.
  private static var holder: String {
    var host = [CChar](repeating: 0, count: 256)
    let known = gethostname(&host, host.count - 1) == 0
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "process \(getpid()) on \(known ? name : "unknown host") since \(Date().formatted(.iso8601))"
  }
}
