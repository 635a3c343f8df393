// SPDX-License-Identifier: MIT
internal import Foundation

/// Which file a name leads to: its device and number. Names may differ, through links, dots and mounts, where files do not.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64
  /// Whether it is a device such as a terminal or /dev/null, which many may share.
  public let isDevice: Bool

  /// Links are followed; nil where nothing stands.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Of an open file; nil where the descriptor is closed.
  public init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
    isDevice = status.st_mode & S_IFMT == S_IFCHR
  }

  /// Whether two names lead to one file; false where one of them leads nowhere.
  public static func isSame(_ first: String, _ second: String) -> Bool {
    guard let first = FileIdentity(first), let second = FileIdentity(second) else { return false }
    return first == second
  }

  /// Whether `place`, which need not exist yet, is `folder` or lies in it.
  public static func isInside(_ place: String, _ folder: String) -> Bool {
    guard let folder = FileIdentity(folder), var path = existing(place) else { return false }
    while true {
      if FileIdentity(path) == folder { return true }
      if path == "/" { return false }
      path = Folder.parent(of: path)
    }
  }

  /// The real path of what exists of a path.
  private static func existing(_ path: String) -> String? {
    var path = path
    for _ in 0..<PATH_MAX {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      let parent = Folder.parent(of: path)
      if parent == path { return nil }
      path = parent
    }
    return nil
  }
}
