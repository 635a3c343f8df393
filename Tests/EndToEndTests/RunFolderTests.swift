// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Experiments
import RunStore
import Testing

/// Run folders: resumed after kill -9 to the same bytes, locked against a second process, never half written.
@Suite("Run folders on the command line")
struct RunFolderTests {
  private static let study = """
    dimension: 8
    trueComponents: 2
    samples: 30
    dataSeed: [0, 1]
    steps: 2000
    evaluationSamples: 500
    heldOutSamples: 200
    """
  private static let tables = ["results.csv", "losses.csv", "transitions.csv", "study.yaml"]

  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.study, to: "study.yaml")
    return scratch
  }

  /// Everything that must be byte-identical, by path.
  private func contents(_ scratch: ScratchFolder, _ folder: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for table in Self.tables { contents[table] = try scratch.bytes("\(folder)/\(table)") }
    for part in ["models", "samples"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/\(folder)/\(part)") {
        contents["\(part)/\(name)"] = try scratch.bytes("\(folder)/\(part)/\(name)")
      }
    }
    return contents
  }

  @Test("threads, kill -9 and resume end with the same bytes")
  func killAndResume() throws {
    let scratch = try scratch()
    let whole = try scratch.runner.run("run study.yaml --out whole --threads 1 --quiet --no-report")
    #expect(whole.code == 0, "\(whole.errors)")
    let expected = try contents(scratch, "whole")
    #expect(expected.count > 30)

    // Kill it four times as soon as it has stored something more, then let it end.
    var stored = 0
    for _ in 0..<4 {
      let (process, _, _) = try scratch.runner.start(
        ["run", "study.yaml", "--out", "killed", "--threads", "2", "--quiet", "--no-report"])
      let before = stored
      while process.isRunning && stored <= before {
        stored = (try? scratch.bytes("killed/runs.jsonl"))?.count { $0 == UInt8(ascii: "\n") } ?? 0
        usleep(2000)
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(stored >= 1)
    let resumed = try scratch.runner.run("run study.yaml --out killed --threads 2 --no-report")
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(resumed.errors.contains("runs were already finished"))
    #expect(try contents(scratch, "killed") == expected)

    // Once more: nothing to train, same bytes.
    let again = try scratch.runner.run("run study.yaml --out killed --quiet --no-report")
    #expect(again.code == 0)
    #expect(try contents(scratch, "killed") == expected)
  }

  @Test("SIGINT keeps what is finished and exits with 3")
  func interrupt() throws {
    let scratch = try scratch()
    // Threads of a test run block signals, and a program started from one would inherit that.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    try #require(pthread_sigmask(SIG_UNBLOCK, &signals, nil) == 0)
    let (process, _, errors) = try scratch.runner.start(
      // 400 trainings: the signal lands after the first of them, long before the last.
      ["run", "study.yaml", "--out", "out", "--quiet", "--no-report", "seed=[0,1,2,3,4,5,6,7,8,9]", "steps=10000"])
    while process.isRunning && (try? scratch.bytes("out/runs.jsonl"))?.isEmpty != false { usleep(2000) }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 3)
    #expect(try String(contentsOf: errors, encoding: .utf8).contains("interrupted"))
    try? FileManager.default.removeItem(at: errors)
    let lines = try scratch.bytes("out/runs.jsonl").split(separator: UInt8(ascii: "\n"))
    #expect(!lines.isEmpty && lines.count < 200)
    for line in lines { #expect((try? JSONSerialization.jsonObject(with: Data(line))) != nil) }
  }

  @Test("a second process on one folder is refused in one line")
  func lock() throws {
    let scratch = try scratch()
    let (process, _, _) = try scratch.runner.start(
      ["run", "study.yaml", "--out", "out", "--quiet", "--no-report", "steps=20000"])
    while process.isRunning && (try? scratch.bytes("out/.study-hash")) == nil { usleep(2000) }
    let second = try scratch.runner.run("run study.yaml --out out --quiet --no-report steps=20000")
    #expect(second.code == 3)
    #expect(second.errorLines.count == 1 && second.errors.contains("in use"), "\(second.errors)")
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  @Test("a folder of another study is refused and stays as it is")
  func otherStudy() throws {
    let scratch = try scratch()
    _ = try scratch.runner.run("run study.yaml --out out --quiet --no-report M=[10] dataSeed=0")
    let before = try contents(scratch, "out")
    let other = try scratch.runner.run("run study.yaml --out out --quiet --no-report M=[11] dataSeed=0")
    #expect(other.code == 2)
    #expect(other.errorLines.count == 1 && other.errors.contains("another study"), "\(other.errors)")
    #expect(try contents(scratch, "out") == before)
  }

  @Test("a corrupt line is named with file and line, and nothing is lost")
  func corrupt() throws {
    let scratch = try scratch()
    _ = try scratch.runner.run("run study.yaml --out out --quiet --no-report M=[5,10] dataSeed=0")
    let good = try scratch.bytes("out/runs.jsonl")
    var lines = good.split(separator: UInt8(ascii: "\n")).map { Data($0) }
    lines[0] = Data("{\"schema\":1,".utf8)
    let bad = lines.reduce(Data()) { $0 + $1 + Data("\n".utf8) }
    try bad.write(to: scratch.url.appendingPathComponent("out/runs.jsonl"))
    let result = try scratch.runner.run("run study.yaml --out out --quiet --no-report M=[5,10] dataSeed=0")
    #expect(result.code == 2)
    #expect(result.errorLines.count == 1 && result.errors.contains("runs.jsonl, line 1"), "\(result.errors)")
    #expect(try scratch.bytes("out/runs.jsonl") == bad)
  }

  @Test("the smoke study gives a folder that show, list, report and sample understand")
  func wholeStudy() throws {
    let scratch = try ScratchFolder()
    let smoke = CommandRunner.package.appendingPathComponent("Studies/smoke.yaml").path
    let run = try scratch.runner.run(["run", smoke, "--quiet", "steps=1000"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").count <= 10)
    #expect(run.output.contains("Runs/smoke/report.html"))
    #expect(try scratch.runner.run("list").output.contains("Runs/smoke"))
    #expect(try scratch.runner.run("show Runs/smoke").output.contains("half"))
    let report = try scratch.runner.run("report Runs/smoke --tikz")
    #expect(report.code == 0, "\(report.errors)")
    #expect(try String(decoding: scratch.bytes("Runs/smoke/report.html"), as: UTF8.self).contains("<svg"))
    let models = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/Runs/smoke/models").sorted()
    let sample = try scratch.runner.run(
      ["sample", "Runs/smoke/models/\(models[0])", "--count", "100", "--out", "x.npy", "--json"])
    #expect(sample.code == 0, "\(sample.errors)")
    #expect(try scratch.bytes("x.npy").starts(with: [0x93] + Array("NUMPY".utf8)))
  }

  @Test("sample with the run's settings repeats the run's samples")
  func sampleRepeats() throws {
    let scratch = try scratch()
    _ = try scratch.runner.run("run study.yaml --out out --quiet --no-report M=[10] dataSeed=0 refinement=0")
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/out/models").first)
    let run = try #require(RunFolder(scratch.url.path + "/out").records().records.first).identifier
    let sample = try scratch.runner.run("sample out/models/\(name) --out again.npy --quiet")
    #expect(sample.code == 0, "\(sample.errors)")
    #expect(try scratch.bytes("again.npy") == scratch.bytes("out/samples/\(run).npy"))
  }
}
