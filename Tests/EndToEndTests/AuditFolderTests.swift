// SPDX-License-Identifier: MIT
import Foundation
import Audit
import Kernels
import Neighbors
import LabTesting
import Testing
import Files

/// The folder of an audit: nobody else's file is touched, one process at a time, nothing left behind.
@Suite("The audit's folder")
struct AuditFolderTests {
  /// Points t.npy (2,000, 32), g.npy of which a tenth is copied, h.npy.
  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    func points(_ count: Int, _ label: String) -> Matrix {
      Matrix(rows: count, columns: 32, values: RandomKey(seed: 5).child(label).normals(count * 32))
    }
    let train = points(2000, "t")
    var generated = points(1000, "g")
    for value in 0..<32 * 100 { generated.values[value] = train.values[value] }
    for (matrix, name) in [(train, "t"), (generated, "g"), (points(1000, "h"), "h")] {
      try NPYFile.write(matrix, to: "\(scratch.url.path)/\(name).npy", as: .float32)
    }
    return scratch
  }

  private let line = "audit --train t.npy --generated g.npy --holdout h.npy --quiet"

  @Test(
    "a folder without an audit's mark is refused and stays as it is",
    arguments: ["samples.csv", "report.html", "figures/x", "x"])
  func foreign(file: String) throws {
    let scratch = try scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("mine/figures"), withIntermediateDirectories: true)
    if !file.contains("/") { try FileManager.default.removeItem(atPath: scratch.url.path + "/mine/figures") }
    try scratch.write("mine", to: "mine/\(file)")
    let result = try scratch.runner.run("\(line) --out mine")
    #expect(
      result.code == 2 && result.errorLines.count == 1 && result.errors.contains("mine is not the folder of an audit"))
    #expect(try scratch.bytes("mine/\(file)") == Data("mine".utf8))
    #expect(try FileManager.default.subpathsOfDirectory(atPath: scratch.url.path + "/mine").count <= 2)
  }

  @Test("a study's run folder, the root and no name at all are refused")
  func otherFolders() throws {
    let scratch = try scratch()
    try scratch.write(
      "dimension: 8\ntrueComponents: 2\nsamples: 30\ncomponents: [5]\nrefinement: 0\nsteps: 1000\nevaluationSamples: 20\nheldOutSamples: 200\n",
      to: "study.yaml")
    #expect(try scratch.runner.run("run study.yaml --out run --quiet --no-report").code == 0)
    let before = try scratch.bytes("run/results.csv")
    #expect(try scratch.runner.run("\(line) --out run").code == 2)
    #expect(try scratch.bytes("run/results.csv") == before)
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/run/samples.csv"))
    #expect(try scratch.runner.run("\(line) --out /").code == 2)
    let unnamed = try scratch.runner.run(line.split(separator: " ").map(String.init) + ["--out", ""])
    #expect(unnamed.code == 2 && unnamed.errorLines.count == 1, "\(unnamed.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.url.path + "/audit.json"))
  }

  @Test("evidence of a version that marked no folders is taken for an audit's")
  func unmarked() throws {
    let scratch = try scratch()
    #expect(try scratch.runner.run("\(line) --out out").code == 1)
    #expect(try scratch.shell("rm out/.verbatim-audit out/.lock; echo mine > out/notes.txt") == 0)
    #expect(try scratch.runner.run("\(line) --out out --neighbors 20").code == 1)
    #expect(try scratch.bytes("out/notes.txt") == Data("mine\n".utf8))
    #expect(String(decoding: try scratch.bytes("out/.verbatim-audit"), as: UTF8.self).contains("samples.csv\n"))
  }

  @Test("of two audits at once one is refused, and the evidence is the other's alone")
  func twoAtOnce() throws {
    let scratch = try scratch()
    // The first one waits in gnuplot until it is told to go on.
    try FileManager.default.createDirectory(atPath: scratch.url.path + "/bin", withIntermediateDirectories: true)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    try scratch.write(
      "#!/bin/sh\nwhile [ ! -e '\(scratch.url.path)/go' ]; do sleep 0.05; done\nPATH='\(path)' exec gnuplot \"$@\"\n",
      to: "bin/gnuplot")
    #expect(try scratch.shell("chmod +x bin/gnuplot") == 0)
    let (first, pipe, _) = try scratch.runner.start(
      "\(line) --out out".split(separator: " ").map(String.init),
      environment: ["PATH": "\(scratch.url.path)/bin:\(path)"])
    while first.isRunning, !FileManager.default.fileExists(atPath: scratch.url.path + "/out/neighbors") { usleep(1000) }
    let second = try scratch.runner.run("\(line) --out out --neighbors 10")
    #expect(second.code == 3 && second.errorLines.count == 1, "\(second.errors)")
    #expect(second.errors.contains("out is in use by process \(first.processIdentifier)"), "\(second.errors)")
    try scratch.write("", to: "go")
    _ = pipe.fileHandleForReading.readDataToEndOfFile()
    first.waitUntilExit()
    #expect(first.terminationStatus == 1)
    #expect(try scratch.runner.run("\(line) --out alone").code == 1)
    for name in ["samples.csv", "metrics.csv"] {
      #expect(try scratch.bytes("out/\(name)") == scratch.bytes("alone/\(name)"), "\(name)")
    }
  }

  @Test("a killed audit leaves nothing behind once it has ended, and the same bytes")
  func kills() throws {
    let scratch = try scratch()
    _ = try scratch.runner.run("\(line) --out alone")
    let arguments = "\(line) --out out".split(separator: " ").map(String.init)
    for delay in stride(from: 20_000, to: 400_000, by: 20_000) {
      let (process, _, _) = try scratch.runner.start(arguments)
      usleep(UInt32(delay))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    // What a kill in the middle of writing a block leaves.
    #expect(
      try scratch.shell(
        "mkdir -p out/neighbors out/.verbatim-new-abc123 out/.verbatim-scratch-abc123 && "
          + "echo x > out/neighbors/.points-generated-0-10.neighbors.999999999.partial && echo x > out/.verbatim-new-abc123/a"
      ) == 0)
    #expect(try scratch.runner.run("\(line) --out out").code == 1)
    let left = try FileManager.default.subpathsOfDirectory(atPath: scratch.url.path + "/out")
    #expect(
      !left.contains {
        $0.contains("neighbors") || $0.contains("partial") || $0.contains("scratch") || $0.contains("new-")
      },
      "\(left)")
    for name in ["samples.csv", "metrics.csv", "recited.csv"] {
      #expect(try scratch.bytes("out/\(name)") == scratch.bytes("alone/\(name)"), "\(name)")
    }
  }

  @Test("damaged blocks are searched again", arguments: 0..<6)
  func damagedBlocks(kind: Int) throws {
    let scratch = try scratch()
    _ = try scratch.runner.run("\(line) --out alone")
    // A hung program in gnuplot's place stops the audit when its blocks are there.
    try FileManager.default.createDirectory(atPath: scratch.url.path + "/bin", withIntermediateDirectories: true)
    try scratch.write("#!/bin/sh\nexit 1\n", to: "bin/gnuplot")
    #expect(try scratch.shell("chmod +x bin/gnuplot") == 0)
    let path = "\(scratch.url.path)/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let stopped = try scratch.runner.run(
      "\(line) --out out".split(separator: " ").map(String.init), environment: ["PATH": path])
    #expect(stopped.code == 3)
    let folder = scratch.url.path + "/out/neighbors"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!names.isEmpty)
    for name in names {
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
      let start = try #require(bytes.firstIndex(of: 10)) + 1
      switch kind {
      case 0: bytes.replaceSubrange(start..<start + 4, with: [255, 255, 255, 127])
      case 1: bytes.replaceSubrange(start..<start + 4, with: [255, 255, 255, 255])
      case 2: bytes.replaceSubrange(start..<start + 4, with: [0xD0, 7, 0, 0])
      case 3: bytes.replaceSubrange(bytes.count - 8..<bytes.count, with: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
      case 4: bytes.removeLast(12)
      default: bytes[start + 1] ^= 1
      }
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let result = try scratch.runner.run("\(line) --out out")
    #expect(result.code == 1, "\(result.errors)")
    for name in ["samples.csv", "metrics.csv"] {
      #expect(try scratch.bytes("out/\(name)") == scratch.bytes("alone/\(name)"), "\(name)")
    }
  }

  @Test("a block is taken for its own pass alone, also where its name begins like another's or was changed")
  func confusedBlocks() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.url.path
    let store = NeighborFileStore(folder: folder, key: "k")
    let block = NeighborTable(rows: 0..<2, count: 1, indices: [0, 1], distances: [1, 2])
    try store.keep(block, .holdoutTiled, space: "pixels")
    #expect(try store.blocks(.holdoutTiled, space: "pixels") == [block])
    #expect(try store.blocks(.holdout, space: "pixels").isEmpty)
    #expect(try scratch.shell("cp pixels-holdout-tiled-0-2.neighbors pixels-generated-0-2.neighbors") == 0)
    #expect(try store.blocks(.generated, space: "pixels").isEmpty)
    #expect(try store.blocks(.holdoutTiled, space: "other").isEmpty)
    // A pipe in a block's place is replaced, not waited for.
    #expect(try scratch.shell("rm *.neighbors && mkfifo pixels-generated-0-2.neighbors") == 0)
    try store.keep(block, .generated, space: "pixels")
    #expect(try store.blocks(.generated, space: "pixels") == [block])
  }

  @Test("folders above the evidence have the usual permissions, data in use are the user's alone")
  func permissions() throws {
    let scratch = try scratch()
    let command = CommandRunner.executable.path
    #expect(try scratch.shell("umask 022; '\(command)' \(line) --out a/b/c > /dev/null") == 1)
    for path in ["a", "a/b", "a/b/c", "a/b/c/figures"] {
      let mode = try FileManager.default.attributesOfItem(atPath: "\(scratch.url.path)/\(path)")[.posixPermissions]
      #expect(mode as? Int == 0o755, "\(path)")
    }
    // A place that someone else has prepared is not used.
    #expect(try scratch.shell("mkdir tmp elsewhere && ln -s ../elsewhere tmp/.verbatim-scratch-1") == 0)
    let result = try scratch.runner.run(
      line.split(separator: " ").map(String.init), environment: ["TMPDIR": scratch.url.path + "/tmp"])
    #expect(result.code == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/elsewhere").isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/tmp") == [".verbatim-scratch-1"])
  }

  @Test("the fit's folder is guarded in the same way")
  func fit() throws {
    let scratch = try ScratchFolder()
    try scratch.write("mine", to: "lambda.csv")
    let table = CommandRunner.package.appendingPathComponent("Results/sweep").path
    let refused = try scratch.runner.run(["fit", table, "--out", ".", "--starts", "1"])
    #expect(refused.code == 2 && refused.errors.contains("is not the folder of a fit"), "\(refused.errors)")
    #expect(try scratch.bytes("lambda.csv") == Data("mine".utf8))
    for _ in 0..<2 {
      #expect(try scratch.runner.run(["fit", table, "--out", "fit", "--starts", "1"]).code == 0)
    }
    #expect(FileManager.default.fileExists(atPath: scratch.url.path + "/fit/figures/lambda.svg"))
  }
}
