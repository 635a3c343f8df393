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
    Torture.run("signals", small: 12, share: 0.06) { trial in
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
    // Before its first 30 ms of work a process may not have come to its own code yet.
    while child.ended() == nil, !ProcessState.hasWorked(child.pid, seconds: 0.03) { usleep(1000) }
    child.signal(number)
    trial.count("signals")
    let ending = trial.ending(child.end(within: 2 * Torture.patience), words)
    for problem in ending.problems(allowed: [3, reference.code]) { trial.fail("signal \(number): \(problem)") }
    if ending.code == 3 { trial.count("interrupted") }
    try trial.run(words, allowed: [reference.code], limit: 60, environment: Material.quickPath)
    for problem in FileTree("\(trial.folder)/out").stable.differences(
      from: reference.tree, leavingOut: reference.unstable)
    { trial.fail("after a signal: \(problem)") }
  }
}

/// What the system knows of a process.
enum ProcessState {
  /// Whether it has used so much of a processor, or is gone.
  static func hasWorked(_ pid: pid_t, seconds: Double) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let rest = text.lastIndex(of: ")")
    else { return true }
    let fields = text[rest...].split(separator: " ")
    guard fields.count > 13, fields[1] != "Z", let user = Double(fields[12]), let system = Double(fields[13]) else {
      return true
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK))) >= seconds
  }
}
