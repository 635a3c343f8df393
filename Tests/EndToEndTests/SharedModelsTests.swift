// SPDX-License-Identifier: MIT
import Experiments
import Files
import Foundation
import Kernels
import LabTesting
import RunStore
import Testing

/// A model is trained once, whoever measures it.
@Suite("Models that runs share")
struct SharedModelsTests {
  private static let study = """
    dimension: 8
    trueComponents: 2
    samples: 20
    components: [6, 12, 18]
    refinement: 0
    steps: 2000
    evaluationSamples: 100
    heldOutSamples: 100
    """

  private func scratch(_ study: String = study) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(study, to: "study.yaml")
    return scratch
  }

  private func models(_ scratch: ScratchFolder, _ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(scratch.url.path)/\(folder)")
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  private func run(_ scratch: ScratchFolder, _ words: String) throws {
    let result = try scratch.runner.run("run study.yaml --quiet --no-report \(words)")
    try #require(result.code == 0, "\(result.errors)")
  }

  @Test("runs that differ in their measurement alone train one model, on any number of threads")
  func once() throws {
    let scratch = try scratch(Self.study + "\ncriterion: [1/2, 1/3, 1/4]\n")
    let plan = try scratch.runner.run("plan study.yaml --json").json()
    #expect(plan["trainings"] as? Int == 9 && plan["models"] as? Int == 3)
    for threads in [1, 2, 4] { try run(scratch, "--out out\(threads) --threads \(threads)") }
    let folder = RunFolder(scratch.url.path + "/out1")
    let records = try folder.records().records
    #expect(records.count == 9)
    #expect(try models(scratch, "out1/models").count == 3)
    #expect(records.count { $0.timing.trainingSeconds > 0 } == 3)
    for threads in [2, 4] {
      for name in ["results.csv", "losses.csv", "transitions.csv"] {
        #expect(try scratch.bytes("out\(threads)/\(name)") == scratch.bytes("out1/\(name)"), "\(name), \(threads)")
      }
      for name in try models(scratch, "out1/models") {
        #expect(try scratch.bytes("out\(threads)/models/\(name)") == scratch.bytes("out1/models/\(name)"))
      }
    }
    // The same numbers as when each is trained for itself.
    try run(scratch, "--out alone criterion=1/4")
    let shared = try CSVReader(reading: folder.resultsPath)
    let alone = try CSVReader(reading: scratch.url.path + "/alone/results.csv")
    #expect(alone.rows.allSatisfy { shared.rows.contains($0) } && alone.rows.count == 3)
  }

  @Test("--models shares models between folders; a damaged one is trained again")
  func store() throws {
    let scratch = try scratch()
    try run(scratch, "--out first --models shared")
    let names = try models(scratch, "shared")
    #expect(try names.count == 3 && models(scratch, "first/models") == names)
    try run(scratch, "--out second --models shared criterion=1/2")
    let second = RunFolder(scratch.url.path + "/second")
    #expect(try second.records().records.allSatisfy { $0.timing.trainingSeconds == 0 })
    #expect(try models(scratch, "second/models") == names)
    #expect(try scratch.bytes("second/models/\(names[0])") == scratch.bytes("shared/\(names[0])"))

    let good = try scratch.bytes("shared/\(names[1])")
    try good.prefix(good.count / 2).write(to: scratch.url.appendingPathComponent("shared/\(names[1])"))
    // A model of other settings under this name.
    try scratch.bytes("shared/\(names[0])").write(to: scratch.url.appendingPathComponent("shared/\(names[2])"))
    try run(scratch, "--out third --models shared")
    let third = try RunFolder(scratch.url.path + "/third").records().records
    #expect(third.count { $0.timing.trainingSeconds > 0 } == 2)
    #expect(try scratch.bytes("third/results.csv") == scratch.bytes("first/results.csv"))
    #expect(try scratch.bytes("shared/\(names[1])") == good)

    let none = try scratch.runner.run("train -d 8 -K 2 -N 20 -M 6 --models shared")
    #expect(none.code == 2 && none.errors.contains("--models: nothing is kept"), "\(none.errors)")
  }

  @Test("a model outlives a kill during its measurement")
  func killed() throws {
    let scratch = try scratch(Self.study.replacing("evaluationSamples: 100", with: "evaluationSamples: 200000"))
    let words = "run study.yaml --out out --quiet --no-report --threads 1".split(separator: " ").map(String.init)
    let (process, _, errors) = try scratch.runner.start(words)
    defer { try? FileManager.default.removeItem(at: errors) }
    while process.isRunning, ((try? models(scratch, "out/models")) ?? []).count < 1 { usleep(1000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(
      try models(scratch, "out/models").count == 1
        && !FileManager.default.fileExists(atPath: scratch.url.path + "/out/runs.jsonl"))
    try run(scratch, "--out out")
    let records = try RunFolder(scratch.url.path + "/out").records().records
    #expect(records.count { $0.timing.trainingSeconds == 0 } == 1 && records.count == 3)
  }

  @Test(
    "a run folder of version 0.1 is shown, sampled, audited, resumed and reported",
    .enabled(if: InstructionSet.name != "base", "its numbers are those of AVX2"))
  func oldFolder() throws {
    let scratch = try ScratchFolder()
    let fixture = CommandRunner.package.path + "/Tests/EndToEndTests/Folder-0.1"
    try FileManager.default.copyItem(atPath: fixture, toPath: scratch.url.path + "/old")
    let old = try CSVReader(reading: scratch.url.path + "/old/results.csv")
    // One run is missing, as after a kill; its model is another's too, but under a name that says nothing of it.
    let lines = String(decoding: try scratch.bytes("old/runs.jsonl"), as: UTF8.self).split(separator: "\n")
    try scratch.write(lines.dropLast().joined(separator: "\n") + "\n", to: "old/runs.jsonl")
    #expect(try scratch.runner.run("show old").code == 0)
    let isa = ["VERBATIM_ISA": "avx2"]
    let resumed = try scratch.runner.run(
      ["run", "old/study.yaml", "--out", "old", "--quiet", "--no-report"], environment: isa)
    #expect(resumed.code == 0, "\(resumed.errors)")
    let new = try CSVReader(reading: scratch.url.path + "/old/results.csv")
    #expect(new.columns == old.columns + ["family", "model", "capacity", "capacityAxis"])
    #expect(new.rows.map { $0.dropLast(4) } == old.rows.map { $0[...] })
    for record in try RunFolder(scratch.url.path + "/old").records().records {
      let model = RunFolder(scratch.url.path + "/old").modelPath(of: record)
      #expect(FileManager.default.fileExists(atPath: model))
      let sample = try scratch.runner.run(["sample", model, "--out", "again.npy", "--quiet"], environment: isa)
      #expect(sample.code == 0, "\(sample.errors)")
      #expect(try scratch.bytes("again.npy") == scratch.bytes("old/samples/\(record.identifier).npy"))
      #expect(try scratch.runner.run(["audit", "--model", model, "--quiet"]).code <= 1)
    }
    let report = try scratch.runner.run("report old --no-predictions --quiet")
    #expect(report.code == 0, "\(report.errors)")
  }
}
