// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  @Test("SIGINT and SIGTERM end a command soon, with 3 and one line; the same command then ends right")
  func signals() throws {
    let cases = [
      (Material.runWords, try Material.run.get()), (Material.auditWords, try Material.audit.get()),
      (Material.reportWords, try Material.report.get()), (Material.fitWords, try Material.fit.get()),
    ]
    let run = try Material.run.get()
    Torture.run("signals", small: 12, share: 0.015) { trial in
      let (words, reference) = cases[Int(trial.seed % UInt64(cases.count))]
      try FileManager.default.removeItem(atPath: trial.folder)
      if words[0] == "report" {
        try run.copy(to: trial.folder)
      } else {
        try trial.clear()
        try Material.writeStudy(trial.folder)
        try Material.writeSets(trial.folder)
      }
      try SignalTrial(words: words, reference: reference).run(&trial)
    }
  }
}

/// A command that gets a signal at a random moment after it has begun its work.
private struct SignalTrial {
  let words: [String]
  let reference: Reference

  func run(_ trial: inout Trial) throws {
    let number = trial.dice.pick([SIGINT, SIGTERM])
    let child = try trial.start(words, environment: Material.quickPath)
    usleep(UInt32(trial.dice.uniform() * reference.seconds * 1e6))
    let isReady = ProcessState.catches(number, child.pid) || ProcessState.seconds(child.pid) >= 0.1
    child.signal(number)
    trial.count("signals")
    let ending = trial.ending(child.end(within: 2 * Torture.patience), words)
    // A process that has not come to its own code yet cannot know better.
    if isReady || ending.status != .signal(number) {
      for problem in ending.problems(allowed: [3, reference.code]) { trial.fail("signal \(number): \(problem)") }
    }
    trial.count(ending.code == 3 ? "interrupted" : ending.code == nil ? "too early" : "ended before")
    try trial.run(words, allowed: [reference.code], limit: 60, environment: Material.quickPath)
    trial.compare(with: reference, "after a signal")
  }
}

/// What the system knows of a process; nothing of one that is gone.
enum ProcessState {
  /// Seconds of a processor's time that it has used.
  static func seconds(_ pid: pid_t) -> Double {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let rest = text.lastIndex(of: ")")
    else { return 0 }
    let fields = text[rest...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return 0 }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Whether it has a handler for a signal.
  static func catches(_ number: Int32, _ pid: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return false }
    let mask = text.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
    return mask.flatMap { UInt64($0, radix: 16) }.map { $0 >> UInt64(number - 1) & 1 == 1 } ?? false
  }
}
