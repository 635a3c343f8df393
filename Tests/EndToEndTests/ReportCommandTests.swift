// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

@Suite("The report command")
struct ReportCommandTests {
  private static let study = """
    dimension: 5
    trueComponents: 2
    samples: [8, 12]
    components: [2, 6, 8]
    refinement: 0
    steps: 1000
    draws: 1
    losses: false
    evaluationSamples: 50
    heldOutSamples: 10
    criterion: 1
    """

  /// Runs of a study whose criterion calls everything memorized.
  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.study, to: "study.yaml")
    return scratch
  }

  private func files(_ scratch: ScratchFolder, _ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: scratch.url.appendingPathComponent(folder).path).sorted()
  }

  @Test("a folder without runs: one line, exit code 2, nothing written")
  func noRuns() throws {
    let scratch = try scratch()
    #expect(try scratch.runner.run("run study.yaml --out out --quiet --no-report").code == 0)
    try FileManager.default.removeItem(at: scratch.url.appendingPathComponent("out/runs.jsonl"))
    let before = try files(scratch, "out")
    for command in ["report out", "fit out"] {
      let result = try scratch.runner.run(command)
      #expect(result.code == 2 && result.output.isEmpty && result.errorLines.count == 1)
      #expect(result.errors.contains("holds no runs") && !result.errors.contains("jsonl"), "\(result.errors)")
    }
    #expect(try files(scratch, "out") == before)
  }

  @Test("a criterion of one is reported, and a report without predictions leaves none behind")
  func predictions() throws {
    let scratch = try scratch()
    let run = try scratch.runner.run("run study.yaml --out out --quiet")
    #expect(run.code == 0, "\(run.errors)")
    var names = try files(scratch, "out")
    for name in ["predictions.csv", "sweep.csv", "sweep.html", "figures/predictions.svg"] {
      #expect(names.contains(name), "\(name) is missing")
    }
    #expect(try scratch.runner.run("report out --no-predictions --quiet").code == 0)
    names = try files(scratch, "out")
    #expect(!names.contains { $0.contains("predictions") }, "\(names)")
    #expect(names.contains("sweep.html") && names.contains("figures/configurations.svg"))
  }
}
