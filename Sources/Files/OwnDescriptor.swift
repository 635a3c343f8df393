// SPDX-License-Identifier: MIT
internal import Foundation

/// The names under which a process finds its own descriptors: `/dev/stdout`, `/dev/fd/5`, `/proc/self/fd/5`.
///
/// Such a name is no file: it leads to a pipe or to a file somebody else has opened, at a place of his choice.
public enum OwnDescriptor {
  /// The descriptor that a path names, links followed; nil for every other path.
  public static func number(of path: String) -> Int32? {
    var target = path
    for _ in 0..<40 {
      if let number = literal(target) { return number }
      guard let link = SymbolicLink.target(of: target) else { return nil }
      target = link
    }
    return nil
  }

  /// The same of the path as it is written.
  private static func literal(_ path: String) -> Int32? {
    guard path.hasPrefix("/") else { return nil }
    let parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    switch parts {
    case ["dev", "stdin"]: return STDIN_FILENO
    case ["dev", "stdout"]: return STDOUT_FILENO
    case ["dev", "stderr"]: return STDERR_FILENO
    default: break
    }
    let folders = [
      ["dev", "fd"], ["proc", "self", "fd"], ["proc", "thread-self", "fd"], ["proc", "\(getpid())", "fd"],
    ]
    guard let last = parts.last, folders.contains(parts.dropLast()), last.allSatisfy(\.isNumber) else { return nil }
    return Int32(last)
  }
}
