// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// A study of three trainings that takes a tenth of a second, in a folder of its own.
struct SmallStudy {
  let scratch: ScratchFolder
  var runner: CommandRunner { scratch.runner }

  private static let text = """
    dimension: 8
    trueComponents: 2
    samples: 30
    components: [5, 10, 15]
    refinement: 0
    steps: 1000
    evaluationSamples: 20
    heldOutSamples: 200
    """

  init() throws {
    scratch = try ScratchFolder()
    try scratch.write(Self.text, to: "study.yaml")
  }

  /// Runs it into `out`, without a report.
  func run() throws {
    let made = try runner.run("run study.yaml --out out --threads 1 --quiet --no-report")
    try #require(made.code == 0, "\(made.errors)")
  }

  /// The path of the model that was trained first.
  func model() throws -> String {
    let folder = scratch.url.appendingPathComponent("out/models").path
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).sorted().first)
    return "out/models/\(name)"
  }

  /// All paths below a folder, hidden ones too.
  func files(_ folder: String) -> [String] {
    let path = scratch.url.appendingPathComponent(folder).path
    return ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// A gnuplot that does what shell text says, as a PATH on which it comes first.
  func gnuplot(_ text: String) throws -> [String: String] {
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("bin"), withIntermediateDirectories: true)
    try scratch.write("#!/bin/sh\n\(text)\n", to: "bin/gnuplot")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: scratch.url.appendingPathComponent("bin/gnuplot").path)
    return ["PATH": scratch.url.path + "/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
  }
}
