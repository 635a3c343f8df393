// SPDX-License-Identifier: MIT
internal import Foundation

/// A private folder for what must not outlive the process: made anew, mode 0700, removed with the value.
///
/// It is locked while it is in use, so that the next process can tell what a killed one left behind, whatever its number, and
/// removes it. A class because the folder lives as long as it.
public final class TemporaryFolder: Sendable {
  /// In the parent, with a name of its own.
  public let path: String
  private let descriptor: Int32
  package static let prefix = ".verbatim-scratch-"

  /// A folder in `parent`, which must exist. Throws `StoreError`.
  public init(in parent: String) throws(StoreError) {
    Self.removeLeftovers(in: parent)
    while true {
      let made = try Folder.createUnique("\(parent)/\(Self.prefix)")
      let descriptor = open(made, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else {
        let code = errno
        rmdir(made)
        if code == ENOENT { continue }
        throw .system(action: "create", path: parent, code: code)
      }
      // Whoever looked for leftovers between the two lines above has taken it for one: try again.
      if Self.isLocked(descriptor), Folder.exists(made) {
        (path, self.descriptor) = (made, descriptor)
        return
      }
      close(descriptor)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    close(descriptor)
  }

  private static func isLocked(_ descriptor: Int32) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      // File systems without locks have no leftovers that can be told.
      guard errno == EINTR else { return errno != EWOULDBLOCK }
    }
    return true
  }

  /// Folders of this user that nobody holds.
  private static func removeLeftovers(in parent: String) {
    for name in (try? Folder.names(in: parent)) ?? [] where name.hasPrefix(prefix) {
      let path = "\(parent)/\(name)"
      // Versions before 0.2 named them by their process and held no lock.
      if let pid = Int32(name.dropFirst(prefix.count)), kill(pid, 0) == 0 || errno != ESRCH { continue }
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_uid == geteuid() else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
    }
  }
}
