// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  @Test("a run killed again and again ends with the undisturbed bytes")
  func killedRuns() throws {
    let reference = try Material.run.get()
    Torture.run("kill-run", small: 4, share: 0.02) { trial in
      try Material.writeStudy(trial.folder)
      let words = Material.runWords + ["--threads", "\(trial.dice.within(1...2))"]
      try KillLoop(words: words, reference: reference).run(&trial)
    }
  }

  @Test("an audit killed again and again ends with the undisturbed bytes")
  func killedAudits() throws {
    let quick = try Material.audit.get()
    let real = try Material.realAudit.get()
    Torture.run("kill-audit", small: 4, share: 0.02) { trial in
      try Material.writeSets(trial.folder)
      let isQuick = trial.seed % 8 != 0
      let words = Material.auditWords + ["--threads", "\(trial.dice.within(1...2))"]
      try KillLoop(
        words: words, reference: isQuick ? quick : real, environment: isQuick ? Material.quickPath : [:]
      ).run(&trial)
    }
  }

  @Test("a report killed again and again ends with the undisturbed bytes")
  func killedReports() throws {
    let quick = try Material.report.get()
    let real = try Material.realReport.get()
    let run = try Material.run.get()
    Torture.run("kill-report", small: 3, share: 0.02) { trial in
      try FileManager.default.removeItem(atPath: trial.folder)
      try run.copy(to: trial.folder)
      let isQuick = trial.seed % 8 != 0
      try KillLoop(
        words: Material.reportWords, reference: isQuick ? quick : real, environment: isQuick ? Material.quickPath : [:]
      ).run(&trial)
    }
  }
}

/// One command killed at random moments until it ends by itself.
struct KillLoop {
  let words: [String]
  let reference: Reference
  var environment: [String: String] = [:]

  func run(_ trial: inout Trial) throws {
    for attempt in 1...100 {
      // Longer waits later: a command that starts from the beginning each time must end too.
      let seconds = trial.dice.uniform() * reference.seconds * (attempt < 20 ? 1.2 : 0.2 * Double(attempt))
      let child = try trial.start(words, environment: environment)
      usleep(UInt32(seconds * 1e6))
      let isLast = attempt == 100
      if !isLast, child.ended() == nil {
        child.signal(SIGKILL)
        _ = child.end(within: 10)
        trial.count("kills")
        if trial.dice.once(in: 4) { try look(&trial) }
        continue
      }
      break
    }
    // Once more to its end, whether or not it has ended.
    try trial.run(words, allowed: [reference.code], limit: 60, environment: environment)
    trial.count("ends")
    trial.compare(with: reference, "after kills")
  }

  /// Whoever reads a folder that was left like this gets what is there, or one line.
  private func look(_ trial: inout Trial) throws {
    guard words[0] == "run" else { return }
    try trial.run(["show", "out", "--json"], allowed: [0, 2])
    if access("\(trial.folder)/out", F_OK) == 0 { try trial.run(["list", "out"], allowed: [0]) }
  }
}
