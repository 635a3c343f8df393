// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// SIGINT and SIGTERM end every command within two seconds with one line and code 3; kill -9 leaves whole files.
@Suite("Signals")
struct SignalTests {
  /// Starts a command, sends signals once `isReady` says so, and waits: the result, and the seconds it took to end.
  private func signal(
    _ study: SmallStudy, _ line: String, _ numbers: [Int32], pause: UInt32 = 0, environment: [String: String] = [:],
    when isReady: () -> Bool
  ) throws -> (result: CommandRunner.Result, byExit: Bool, seconds: Double) {
    let arguments = line.split(separator: " ").map(String.init)
    let (process, pipe, errors) = try study.runner.start(arguments, environment: environment)
    while process.isRunning && !isReady() { usleep(2000) }
    let start = Date()
    for number in numbers {
      kill(process.processIdentifier, number)
      usleep(pause)
    }
    process.waitUntilExit()
    let seconds = Date().timeIntervalSince(start)
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    let text = try String(contentsOf: errors, encoding: .utf8)
    try? FileManager.default.removeItem(at: errors)
    let result = CommandRunner.Result(
      code: process.terminationStatus, output: String(decoding: output, as: UTF8.self), errors: text)
    return (result, process.terminationReason == .exit, seconds)
  }

  @Test(
    "a report waits for no gnuplot", arguments: [SIGINT, SIGTERM], ["run study.yaml --out out --quiet", "report out"])
  func hungGnuplot(_ number: Int32, _ line: String) throws {
    let study = try SmallStudy()
    try study.run()
    let path = try study.gnuplot("touch \"\(study.scratch.url.path)/started\"; exec sleep 20")
    let (result, byExit, seconds) = try signal(study, line, [number], environment: path) {
      (try? study.scratch.bytes("started")) != nil
    }
    #expect(byExit && result.code == 3 && seconds < 2.5, "code \(result.code) after \(seconds) s: \(result.errors)")
    #expect(result.errorLines.count == 1 && result.errors.contains("interrupted"), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(!study.files("out").contains { $0.contains(".partial") }, "\(study.files("out"))")
  }

  @Test(
    "commands that never ask are ended too, and promise nothing",
    arguments: [
      "predict -d 50 -K 12 -N 6000 --hard-em", "train -d 50 -K 12 -N 400 -M 300 --preset paper",
      "transition -d 50 -K 12 -N 400 --preset paper", "sample MODEL --count 2000000 --sampling-steps 5000",
    ])
  func longWork(_ line: String) throws {
    let study = try SmallStudy()
    try study.run()
    let line = line.replacing("MODEL", with: try study.model())
    let start = Date()
    let (result, byExit, seconds) = try signal(study, line, [SIGTERM]) { Date().timeIntervalSince(start) > 0.5 }
    #expect(byExit && result.code == 3 && seconds < 2.5, "code \(result.code) after \(seconds) s: \(result.errors)")
    #expect(result.errors == "verbatim: error: interrupted\n", "\(result.errors)")
  }

  @Test("a second signal ends the command at once")
  func second() throws {
    let start = Date()
    let (result, byExit, seconds) = try signal(
      SmallStudy(), "predict -d 50 -K 12 -N 6000 --hard-em", [SIGINT, SIGINT], pause: 200_000
    ) { Date().timeIntervalSince(start) > 0.5 }
    #expect(byExit && result.code == 3 && seconds < 1, "code \(result.code) after \(seconds) s")
    #expect(result.errorLines.count == 1, "\(result.errors)")
  }

  @Test("kill -9 while a figure is drawn leaves no torn figure, and the next report tidies up")
  func killed() throws {
    let study = try SmallStudy()
    try study.run()
    let place = study.scratch.url.path
    let path = try study.gnuplot("echo '<svg' > ratio.svg; touch \"\(place)/started\"; exec sleep 20")
    _ = try signal(study, "report out", [SIGKILL], environment: path) { (try? study.scratch.bytes("started")) != nil }
    #expect(!study.files("out/figures").contains("ratio.svg"))
    // What the atomic writing of earlier versions left.
    let pid = String(try deadProcess(), radix: 16)
    try study.scratch.write("torn", to: "out/figures/.dat.nosync\(pid).Ab12Cd")
    try study.scratch.write("torn", to: "out/.dat.nosync\(pid).Ab12Cd")
    let report = try study.runner.run("report out --quiet --no-predictions")
    #expect(report.code == 0, "\(report.errors)")
    #expect(study.files("out").contains("figures/ratio.svg"))
    #expect(!study.files("out").contains { $0.contains(".partial") || $0.contains("nosync") }, "\(study.files("out"))")
  }

  /// The number of a process that has ended.
  private func deadProcess() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  @Test("a parent that ignores the end of children does not hide gnuplot's")
  func ignoredChildren() throws {
    let study = try SmallStudy()
    try study.run()
    let report = try study.runner.shell("trap '' CHLD; exec \"$V\" report out --quiet --no-predictions")
    #expect(report.code == 0, "\(report.errors)")
  }

  @Test("a figure that gnuplot cut off, as on a full disk, is an error and not a figure")
  func cutOff() throws {
    let study = try SmallStudy()
    try study.run()
    let report = try study.runner.run(
      ["report", "out", "--no-predictions"], environment: try study.gnuplot("echo '<svg>' > ratio.svg"))
    #expect(report.code == 3 && report.errorLines.count == 1, "\(report.errors)")
    #expect(report.errors.contains("ratio.gp") && report.errors.contains("cut off"), "\(report.errors)")
    #expect(!study.files("out").contains("figures/ratio.svg"))
  }
}
