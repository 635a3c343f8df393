// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// Every bad input gets one line on standard error that says what, the value, what is allowed and where; exit code 2.
@Suite("Bad input on the command line")
struct BadInputTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let words: [String]
    var testDescription: String { line }
  }

  private static let cases = [
    Case(line: "transition -d 0 -K 3 -N 50", words: ["dimension", "0"]),
    Case(line: "transition -d 30 -K 0 -N 50", words: ["trueComponents", "0"]),
    Case(line: "transition -d 30 -K 3 -N 1", words: ["samples", "1"]),
    Case(line: "transition -d 30 -K 3 -N 50 --variance -1", words: ["variance", "-1"]),
    Case(line: "transition -d 30 -K 3 -N 50 --variance nan", words: ["variance", "nan"]),
    Case(line: "transition -d 30 -K 3 -N many", words: ["samples", "many"]),
    Case(line: "transition -d 30 -K 3 -N 50 --preset fast", words: ["preset", "fast", "quick"]),
    Case(line: "transition -d 30 -K 3 -N 50 --steps 500", words: ["steps", "500", "1000"]),
    Case(line: "transition -d 30 -K 3 -N 50 --threads 0", words: ["threads", "0"]),
    Case(line: "transition -d 30 -K 3 -N 50 --process ddpm", words: ["process", "ddpm", "vp"]),
    Case(line: "transition -K 3 -N 50", words: ["-d"]),
    Case(line: "train -d 30 -K 3 -N 50 -M 51", words: ["components", "51", "50"]),
    Case(line: "train -d 30 -K 3 -N 50 -M 0", words: ["components", "0"]),
    Case(line: "train -d 30 -K 3 -N 50 -M 4 --initialization truth", words: ["truth", "3"]),
    Case(line: "train -d 30 -K 3 -N 50 -M 4 --kernel fastest", words: ["kernel", "fastest", "dense"]),
    Case(line: "run nowhere.yaml", words: ["nowhere.yaml"]),
    Case(line: "plan nowhere.yaml", words: ["nowhere.yaml"]),
    Case(line: "report nowhere", words: ["nowhere"]),
    Case(line: "show nowhere", words: ["nowhere"]),
    Case(line: "sample nowhere.safetensors", words: ["nowhere.safetensors"]),
    Case(line: "conquer", words: ["conquer"]),
  ]

  @Test("one line, exit code 2", arguments: cases)
  private func oneLine(_ item: Case) throws {
    let result = try ScratchFolder().runner.run(item.line)
    #expect(result.code == 2, "\(result.errors)")
    #expect(result.output.isEmpty, "\(result.output)")
    #expect(result.errorLines.count == 1, "\(result.errors)")
    for word in item.words { #expect(result.errors.contains(word), "no '\(word)' in: \(result.errors)") }
  }

  @Test("an unknown key, a wrong type and a bad time name file, line and key")
  func studyFiles() throws {
    let scratch = try ScratchFolder()
    let base = "dimension: 5\ntrueComponents: 2\nsamples: 10\n"
    for (text, words) in [
      ("componets: 4\n", ["bad.yaml:4", "componets", "components"]),
      ("variance: high\n", ["bad.yaml:4", "variance", "high"]),
      ("times: {first: 1.5, last: 0.001, count: 26}\n", ["bad.yaml:4", "first", "1.5"]),
      ("components: [11]\n", ["bad.yaml:4", "11", "10"]),
      ("dimension: 6\n", ["bad.yaml:4", "dimension"]),
    ] {
      try scratch.write(base + text, to: "bad.yaml")
      let result = try scratch.runner.run("run bad.yaml")
      #expect(result.code == 2)
      #expect(result.errorLines.count == 1, "\(result.errors)")
      for word in words { #expect(result.errors.contains(word), "no '\(word)' in: \(result.errors)") }
    }
  }

  @Test("a grid of a million runs needs --yes")
  func millionRuns() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "dimension: 5\ntrueComponents: 2\nsamples: 100\ndataSeed: [\((0..<1000).map(String.init).joined(separator: ","))]\n"
        + "variance: [\((1...100).map(String.init).joined(separator: ","))]\n", to: "huge.yaml")
    let refused = try scratch.runner.run("plan huge.yaml")
    #expect(refused.code == 2)
    #expect(refused.errors.contains("--yes"))
    #expect(refused.errorLines.count == 1)
  }

  @Test("help and version are no errors", arguments: ["--help", "--version", "run --help", "transition --help"])
  func help(_ line: String) throws {
    let result = try ScratchFolder().runner.run(line)
    #expect(result.code == 0)
    #expect(!result.output.isEmpty && result.errors.isEmpty)
  }
}
