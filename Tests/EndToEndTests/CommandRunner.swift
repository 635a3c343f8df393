// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// Runs the built `verbatim` as a user would.
struct CommandRunner: Sendable {
  struct Result: Sendable {
    let code: Int32
    let output: String
    let errors: String

    var errorLines: [Substring] { errors.split(separator: "\n") }

    /// Standard output as one JSON object.
    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }
  }

  /// The executable lies beside the test bundle.
  static var executable: URL {
    Bundle.allBundles.map(\.bundleURL).map { $0.deletingLastPathComponent().appendingPathComponent("verbatim") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("verbatim")
  }

  /// The root of the package, where Studies/ is.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  let folder: URL
  /// Keeps a scratch folder alive while a command may run in it.
  private let owner: ScratchFolder?

  init(folder: URL, owner: ScratchFolder? = nil) {
    self.folder = folder
    self.owner = owner
  }

  /// A process that has been started but not waited for.
  func start(
    _ arguments: [String], environment: [String: String] = [:], program: String? = nil
  ) throws -> (Process, Pipe, URL) {
    let process = Process()
    process.executableURL = program.map { URL(fileURLWithPath: $0) } ?? Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    // A file, not a second pipe: nobody has to drain it while the command runs.
    let errors = FileManager.default.temporaryDirectory.appendingPathComponent("verbatim-\(UUID().uuidString).err")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    return (process, pipe, errors)
  }

  func run(
    _ arguments: [String], environment: [String: String] = [:], program: String? = nil
  ) throws -> Result {
    let (process, pipe, errors) = try start(arguments, environment: environment, program: program)
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = try String(contentsOf: errors, encoding: .utf8)
    try? FileManager.default.removeItem(at: errors)
    return Result(code: process.terminationStatus, output: String(decoding: output, as: UTF8.self), errors: text)
  }

  /// Shell text in which "$V" is the command; for what only a shell can do to a program.
  func shell(_ text: String, environment: [String: String] = [:]) throws -> Result {
    try run(["-c", text], environment: environment.merging(["V": Self.executable.path]) { $1 }, program: "/bin/sh")
  }

  func run(_ line: String) throws -> Result { try run(line.split(separator: " ").map(String.init)) }
}

/// A folder that is removed with the value's last user.
final class ScratchFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("verbatim-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var runner: CommandRunner { CommandRunner(folder: url, owner: self) }

  func bytes(_ path: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(path)) }

  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(path))
  }
}
