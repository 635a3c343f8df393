// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// Limits of the system and files that go away: one line and a code, never a trap, a signal or a spinning process.
@Suite("Limits of the system")
struct LimitTests {
  @Test("a limit on file sizes is one line")
  func fileSize() throws {
    let study = try SmallStudy()
    try study.run()
    let run = try study.runner.shell("ulimit -f 4; exec \"$V\" run study.yaml --out new --quiet --no-report")
    #expect(
      run.code == 3 && run.errorLines.count == 1 && run.errors.contains("the limit on file sizes"), "\(run.errors)")
    let sample = try study.runner.shell("ulimit -f 1; exec \"$V\" sample \(try study.model()) --count 300 --out s.npy")
    #expect(sample.code == 3 && sample.errorLines.count == 1, "\(sample.errors)")
    #expect(!study.files(".").contains { $0.contains("s.npy") }, "\(study.files("."))")
    let report = try study.runner.shell("ulimit -f 8; exec \"$V\" report out --no-predictions")
    #expect(report.code == 3 && report.errorLines.count == 1, "\(report.errors)")
    #expect(!study.files("out").contains { $0.contains(".partial") }, "\(study.files("out"))")
  }

  /// Every number below what each command needs fails at a place of its own; the torture tries the others.
  @Test("few descriptors: done, or one line", arguments: [4, 5, 7, 8, 9, 11, 13, 16, 20, 24])
  func descriptors(_ count: Int) throws {
    let study = try SmallStudy()
    try study.run()
    // It needs few descriptors and no time.
    let path = try study.gnuplot(
      #"name=${3%.gp}; echo "<svg></svg>" > $name.svg; echo "%%EOF" > $name.pdf; echo IEND > $name.png"#)
    let model = try study.model()
    _ = try study.runner.run("sample \(model) --count 100 --out g.npy")
    let sweep = "\(CommandRunner.package.path)/Results/sweep"
    let commands = [
      "show out", "doctor", "sample \(model) --out s.npy", "run study.yaml --out new --quiet --threads 2",
      "report out --quiet --no-predictions", "audit --train g.npy --generated g.npy --out evidence --quiet",
      "fit \(sweep) --starts 1 --out fitted",
    ]
    for command in commands {
      let result = try study.runner.shell(
        "ulimit -n \(count); exec \"$V\" \(command)", environment: path)
      let lines = result.errorLines.filter { !$0.hasPrefix("verbatim: warning: ") }
      // An audit of a set against itself finds copies.
      #expect((command.hasPrefix("audit") ? [1, 3] : [0, 3]).contains(result.code), "\(command): \(result)")
      #expect(lines.count == (result.code == 3 ? 1 : 0), "\(command): \(result.errors)")
      #expect(!result.errors.contains("Error Domain"), "\(command): \(result.errors)")
    }
  }

  @Test("little memory: commands that need little of it work", arguments: [120, 160, 200, 250, 300])
  func memory(_ megabytes: Int) throws {
    let study = try SmallStudy()
    try study.run()
    for command in ["--version", "show out", "list ."] {
      let result = try study.runner.shell("ulimit -v \(megabytes * 1000); exec timeout 20 \"$V\" \(command)")
      #expect(result.code == 0 || result.code == 3 && result.errorLines.count == 1, "\(command): \(result)")
    }
  }

  @Test("without gnuplot nothing is trained, and the line says what to do")
  func noGnuplot() throws {
    let study = try SmallStudy()
    let result = try study.runner.run(["run", "study.yaml", "--out", "out", "--quiet"], environment: ["PATH": "/none"])
    #expect(result.code == 3 && result.errorLines.count == 1, "\(result.errors)")
    #expect(result.errors.contains("apt-get install") && result.errors.contains("--no-report"), "\(result.errors)")
    #expect(study.files("out").isEmpty)
    let without = try study.runner.run(
      ["run", "study.yaml", "--out", "out", "--quiet", "--no-report"], environment: ["PATH": "/none"])
    #expect(without.code == 0, "\(without.errors)")
  }

  @Test("a run folder that goes away in mid-run is a failure of the moment")
  func deleted() throws {
    let study = try SmallStudy()
    let (process, _, errors) = try study.runner.start(
      ["run", "study.yaml", "steps=100000", "--out", "out", "--threads", "1", "--quiet", "--no-report"])
    while process.isRunning && (try? study.scratch.bytes("out/.study-hash")) == nil { usleep(2000) }
    try FileManager.default.removeItem(at: study.scratch.url.appendingPathComponent("out"))
    process.waitUntilExit()
    let text = try String(contentsOf: errors, encoding: .utf8)
    try? FileManager.default.removeItem(at: errors)
    #expect(process.terminationStatus == 3 && text.split(separator: "\n").count == 1, "\(text)")
  }

  @Test("an array that is cut off while an audit reads it is named in one line")
  func truncated() throws {
    let study = try SmallStudy()
    let file = study.scratch.url.appendingPathComponent("points\u{1B}.npy")
    try Self.points(12_000, dimension: 512).write(to: file)
    try Self.points(12_000, dimension: 512, first: 7).write(to: study.scratch.url.appendingPathComponent("g.npy"))
    let (process, _, errors) = try study.runner.start(
      ["audit", "--train", file.lastPathComponent, "--generated", "g.npy", "--threads", "1", "--quiet"])
    // Mapped: the map of the process names the file.
    let maps = "/proc/\(process.processIdentifier)/maps"
    while process.isRunning, (try? String(contentsOfFile: maps, encoding: .utf8))?.contains("g.npy") != true {
      usleep(2000)
    }
    usleep(300_000)
    try #require(process.isRunning, "the audit was done too soon")
    #expect(truncate(file.path, 4096) == 0)
    process.waitUntilExit()
    let text = try String(contentsOf: errors, encoding: .utf8)
    try? FileManager.default.removeItem(at: errors)
    #expect(process.terminationReason == .exit && process.terminationStatus == 3, "\(text)")
    #expect(text.split(separator: "\n").count == 1 && text.contains("points\\u{1b}.npy: it was cut off"), "\(text)")
  }

  /// An npy array of float32, values of a simple generator.
  private static func points(_ count: Int, dimension: Int, first: UInt64 = 1) -> Data {
    let words = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(count), \(dimension)), }"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0])
    data += Data(words.padding(toLength: 117, withPad: " ", startingAt: 0).utf8) + Data("\n".utf8)
    var state = first
    let values = (0..<count * dimension).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / 0x1p24
    }
    values.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }
}
