// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// Places that cannot be written to, and folders that cannot be read: one line each, nothing lost.
@Suite("Run folders in trouble")
struct RunFolderTroubleTests {
  private static let study = """
    dimension: 8
    trueComponents: 2
    samples: 30
    components: [5, 10, 15]
    refinement: 0
    steps: 1000
    evaluationSamples: 20
    heldOutSamples: 200
    """
  private static let arguments = ["run", "study.yaml", "--out", "out", "--threads", "1", "--quiet", "--no-report"]

  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.study, to: "study.yaml")
    return scratch
  }

  /// The command as another program starts it; `before` is shell text that ends by starting `"$@"`.
  private func run(_ scratch: ScratchFolder, _ before: String) throws -> CommandRunner.Result {
    let (output, errors) = (scratch.url.path + "/output.txt", scratch.url.path + "/errors.txt")
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", before, "sh", CommandRunner.executable.path] + Self.arguments
    process.currentDirectoryURL = scratch.url
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return CommandRunner.Result(
      code: process.terminationStatus, output: String(decoding: try scratch.bytes("output.txt"), as: UTF8.self),
      errors: String(decoding: try scratch.bytes("errors.txt"), as: UTF8.self))
  }

  @Test("a path through a file is refused in one line")
  func throughFile() throws {
    let scratch = try scratch()
    try scratch.write("in the way", to: "file")
    let blocked = try scratch.runner.run("run study.yaml --out file/below --quiet --no-report")
    #expect(blocked.code == 2 && blocked.errorLines.count == 1, "\(blocked.errors)")
  }

  @Test("records that no longer fit are one line with code 3; what is stored stays, and the run is completed later")
  func fullDisk() throws {
    let scratch = try scratch()
    #expect(try scratch.runner.run(Self.arguments).code == 0)
    let tables = try ["results.csv", "losses.csv", "transitions.csv"].map { try scratch.bytes("out/\($0)") }
    // As if the command had been killed after its first training.
    let records = try scratch.bytes("out/runs.jsonl")
    let end = try #require(records.firstIndex(of: UInt8(ascii: "\n")))
    let first = records[...end]
    try Data(first).write(to: scratch.url.appendingPathComponent("out/runs.jsonl"))
    // Files may grow to half a record more, in blocks of 512 bytes; models and samples are far smaller.
    let blocks = (first.count + first.count / 2) / 512
    let full = try run(scratch, "trap '' XFSZ; ulimit -f \(blocks); exec \"$@\"")
    #expect(full.code == 3)
    #expect(full.errorLines.count == 1, "\(full.errors)")
    #expect(full.errors.contains("cannot write out/runs.jsonl: it has reached the limit"), "\(full.errors)")
    #expect(try scratch.bytes("out/runs.jsonl") == Data(first))
    let later = try scratch.runner.run(Self.arguments)
    #expect(later.code == 0, "\(later.errors)")
    #expect(try scratch.bytes("out/runs.jsonl").starts(with: first))
    #expect(try ["results.csv", "losses.csv", "transitions.csv"].map { try scratch.bytes("out/\($0)") } == tables)
  }

  /// Root may write anywhere, so it becomes another user for the command's time.
  private static let asUser =
    geteuid() == 0 ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"" : "exec \"$@\""

  /// Whether the command can be started as a user that folder permissions hold for.
  private static let canBeUser: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", asUser, "sh", CommandRunner.executable.path, "--version"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(
    "a folder that may not be written to is refused in one line and stays as it is",
    .enabled(if: canBeUser, "needs a user whom permissions hold for: not root, or setpriv and a readable build"))
  func readOnly() throws {
    let scratch = try scratch()
    #expect(try scratch.runner.run(Self.arguments).code == 0)
    let folder = scratch.url.appendingPathComponent("out")
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let bytes = try scratch.bytes("out/runs.jsonl")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.path + "/.lock")
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
    let refused = try run(scratch, Self.asUser)
    #expect(refused.code == 2)
    #expect(refused.errorLines.count == 1, "\(refused.errors)")
    #expect(refused.errors.contains("permission denied: choose a folder you may write to"), "\(refused.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before)
    #expect(try scratch.bytes("out/runs.jsonl") == bytes)
  }

  @Test("list names a damaged folder beside the sound ones, and refuses a file in one line")
  func list() throws {
    let scratch = try scratch()
    for name in ["a", "b", "c"] {
      let made = try scratch.runner.run("run study.yaml --out Runs/\(name) --quiet --no-report M=[5]")
      #expect(made.code == 0, "\(made.errors)")
    }
    try scratch.write("{}\n", to: "Runs/b/runs.jsonl")
    let list = try scratch.runner.run("list")
    #expect(list.code == 0)
    let lines = list.output.split(separator: "\n")
    try #require(lines.count == 3, "\(list.output)")
    #expect(lines[0].hasPrefix("Runs/a  1 runs") && lines[2].hasPrefix("Runs/c  1 runs"), "\(list.output)")
    #expect(lines[1].hasPrefix("Runs/b  Runs/b/runs.jsonl, line 1: "), "\(list.output)")
    let folders = try #require(try scratch.runner.run("list --json").json()["folders"] as? [[String: Any]])
    #expect(folders.map { $0["problem"] is String } == [false, true, false])
    let file = try scratch.runner.run("list study.yaml")
    #expect(file.code == 2 && file.errorLines.count == 1)
    #expect(file.errors.contains("study.yaml: is a file, not a folder"), "\(file.errors)")
  }

  @Test("show heads each configuration with what it differs in")
  func show() throws {
    let scratch = try scratch()
    let made = try scratch.runner.run(
      "run study.yaml --out out --quiet --no-report M=[5] criterion=[0.25,0.5] seed=[1,2]")
    #expect(made.code == 0, "\(made.errors)")
    let heads = try scratch.runner.run("show out").output.split(separator: "\n").filter { $0.hasPrefix("d=8 K=2") }
    #expect(Set(heads).count == 4, "\(heads)")
    #expect(heads.count { $0.hasSuffix("seed 1 evaluation.criterion=0.25") } == 1, "\(heads)")
  }
}
