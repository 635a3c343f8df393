// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  @Test("under any limit on files, descriptors, memory or time a command ends with one line or succeeds")
  func limits() throws {
    let run = try Material.run.get()
    let cases = [
      (Material.runWords, run), (Material.auditWords, try Material.audit.get()),
      (Material.reportWords, try Material.report.get()), (Material.fitWords, try Material.fit.get()),
      (["show", "out"], run), (["list", "."], run), (["plan", "study.yaml", "--out", "out"], run),
    ]
    Torture.run("limits", small: 14, share: 0.015) { trial in
      let (words, reference) = cases[Int(trial.seed % UInt64(cases.count))]
      if ["report", "show", "list", "plan"].contains(words[0]) {
        try FileManager.default.removeItem(atPath: trial.folder)
        try run.copy(to: trial.folder)
      }
      try Material.writeStudy(trial.folder)
      try Material.writeSets(trial.folder)
      try LimitTrial(words: words, code: reference.code).run(&trial)
    }
  }
}

/// A command under a random limit of the shell's `ulimit`.
private struct LimitTrial {
  let words: [String]
  let code: Int32

  func run(_ trial: inout Trial) throws {
    let limit: String
    switch trial.dice.below(6) {
    // In blocks of 512 bytes; two, so that a line of error fits.
    case 0, 1: limit = "-f \(2 + trial.dice.below(trial.dice.pick([4, 40, 400])))"
    // With three the program's libraries cannot be opened.
    case 2, 3: limit = "-n \(trial.dice.within(4...40))"
    case 4: limit = "-S -t 1"
    // Kilobytes; below some 200 MB the program's libraries alone do not fit.
    default: limit = "-v \(trial.dice.within(400...2000) * 1000)"
    }
    try trial.run(
      words, allowed: [2, 3, code], before: "ulimit \(limit); exec \"$@\"", environment: Material.quickPath)
    try trial.run(words, allowed: [code], limit: 60, environment: Material.quickPath)
  }
}
