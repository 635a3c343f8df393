// SPDX-License-Identifier: MIT
public import Foundation

/// A folder that is removed with the value's last user.
public final class ScratchFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("verbatim-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  public var runner: CommandRunner { CommandRunner(folder: url, owner: self) }

  public func bytes(_ path: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(path)) }

  public func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(path))
  }

  /// Runs a line of shell in the folder; gives its exit code.
  public func shell(_ line: String) throws -> Int32 { try runner.shell(line).code }
}
