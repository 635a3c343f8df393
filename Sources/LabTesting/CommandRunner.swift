// SPDX-License-Identifier: MIT
public import Foundation

/// Runs the built `verbatim` as a user would.
public struct CommandRunner: Sendable {
  public struct Result: Sendable {
    public let code: Int32
    public let output: String
    public let errors: String

    public init(code: Int32, output: String, errors: String) {
      (self.code, self.output, self.errors) = (code, output, errors)
    }

    public var errorLines: [Substring] { errors.split(separator: "\n") }

    /// Standard output as one JSON object.
    public func json() throws -> [String: Any] {
      let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
      guard let object = value as? [String: Any] else { throw NotAnObject(output: output) }
      return object
    }
  }

  struct NotAnObject: Error {
    let output: String
  }

  /// The executable lies beside the test bundle.
  public static var executable: URL {
    Bundle.allBundles.map(\.bundleURL).map { $0.deletingLastPathComponent().appendingPathComponent("verbatim") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("verbatim")
  }

  /// The root of the package, where Studies/ is.
  public static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  public let folder: URL
  /// Keeps a scratch folder alive while a command may run in it.
  private let owner: ScratchFolder?

  public init(folder: URL, owner: ScratchFolder? = nil) {
    self.folder = folder
    self.owner = owner
  }

  /// A process that has been started but not waited for.
  public func start(
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

  public func run(
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
  public func shell(_ text: String, environment: [String: String] = [:]) throws -> Result {
    try run(["-c", text], environment: environment.merging(["V": Self.executable.path]) { $1 }, program: "/bin/sh")
  }

  public func run(_ line: String) throws -> Result { try run(line.split(separator: " ").map(String.init)) }
}
