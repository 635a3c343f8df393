// SPDX-License-Identifier: MIT
import Audit
import Foundation

/// A folder for unpacked pictures: beside the evidence, which has room, or else in the system's place. It goes with the value;
/// what a killed process left is removed by the next one.
final class AuditScratch {
  let path: String
  private static let prefix = ".verbatim-scratch-"

  init(beside out: String?) throws {
    let parent = out ?? NSTemporaryDirectory()
    Self.removeLeftovers(in: parent)
    path = "\(parent)/\(Self.prefix)\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw AuditError("\(parent): no folder can be made there") }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func removeLeftovers(in parent: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
      guard let pid = Int32(name.dropFirst(prefix.count)), kill(pid, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
    }
  }
}
