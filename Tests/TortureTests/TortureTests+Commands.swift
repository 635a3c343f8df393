// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  @Test("any command line ends with its result or with one line, and leaves the files of others alone")
  func commandLines() throws {
    let run = try Material.run.get()
    Torture.run("commands", small: 45, share: 0.02) { trial in
      try FileManager.default.removeItem(atPath: trial.folder)
      try run.copy(to: trial.folder)
      try CommandTrial().run(&trial)
    }
  }

  @Test("--out never changes the files of a folder that is someone else's")
  func foreignFolders() throws {
    let run = try Material.run.get()
    Torture.run("foreign", small: 12, share: 0.005) { trial in
      try FileManager.default.removeItem(atPath: trial.folder)
      try run.copy(to: trial.folder)
      try Material.writeSets(trial.folder)
      try ForeignTrial().run(&trial)
    }
  }
}

/// Command lines in a folder with a study, a run folder and sets.
private struct CommandTrial {
  func run(_ trial: inout Trial) throws {
    try Material.writeSets(trial.folder, train: 60, generated: 30)
    for name in ["mine", "mine/figures"] {
      try FileManager.default.createDirectory(atPath: "\(trial.folder)/\(name)", withIntermediateDirectories: true)
    }
    for name in ["mine/notes.txt", "mine/figures/photo.png", "file"] {
      try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(trial.folder)/\(name)"))
    }
    for _ in 0..<5 {
      let words = CommandGrammar.line(&trial.dice)
      trial.count("lines")
      let child = try trial.start(words, environment: Material.quickPath)
      let status: Child.Status
      // Some of these ask for hours of work: then they must stop when asked.
      if let ended = wait(child, 3 * Torture.patience) {
        status = ended
      } else {
        child.signal(SIGINT)
        trial.count("stopped")
        status = child.end(within: 2 * Torture.patience)
      }
      for problem in trial.ending(status, words).problems(allowed: [0, 1, 2, 3]) { trial.fail(problem) }
    }
    for name in ["mine/notes.txt", "mine/figures/photo.png"] {
      if FileManager.default.contents(atPath: "\(trial.folder)/\(name)") != Data("mine".utf8) {
        trial.fail("\(name) of someone else has been changed")
      }
    }
  }

  private func wait(_ child: Child, _ seconds: Double) -> Child.Status? {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      if let status = child.ended() { return status }
      usleep(500)
    }
    return nil
  }
}

/// A folder with files named as the program's own, that the program did not write.
private struct ForeignTrial {
  private static let names = [
    "report.html", "audit.json", "metrics.csv", "samples.csv", "recited.csv", "duplicates.csv", "classes.csv",
    "study.yaml", "runs.jsonl", "results.csv", "losses.csv", "transitions.csv", "provenance.json", "lambda.csv",
    "residuals.csv", "sweep.csv", "predictions.csv", "figures/ratio.svg", "figures/ratios-pixels.svg",
    "figures/lambda.txt", "figures/worst-1.png", "neighbors/pixels-generated-0-300.neighbors", "neighbors/notes",
    "train.pixels", "models/mine.safetensors", "samples/mine.npy", "notes.txt", ".verbatim-scratch-notes",
    ".notes.999999999.partial",
  ]

  func run(_ trial: inout Trial) throws {
    let there = Self.names.filter { _ in trial.dice.once(in: 3) } + ["notes.txt"]
    for name in there {
      let url = URL(fileURLWithPath: "\(trial.folder)/foreign/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: url)
    }
    var commands = [Material.runWords, Material.auditWords, Material.fitWords].map { words in
      words.map { $0 == "out" ? "foreign" : $0 }
    }
    commands.append(["train", "-d", "3", "-K", "1", "-N", "6", "-M", "3", "--steps", "1000", "--out", "foreign", "-q"])
    commands.append([
      "audit", "--train", "train.idx", "--generated", "1=generated.idx", "--generated", "2=holdout.idx", "--out",
      "foreign", "--quiet",
    ])
    let words = trial.dice.pick(commands)
    try trial.run(words, limit: 20, environment: Material.quickPath)
    trial.count("files", there.count)
    let changed = there.filter {
      FileManager.default.contents(atPath: "\(trial.folder)/foreign/\($0)") != Data("mine".utf8)
    }
    if !changed.isEmpty {
      trial.fail("\(words.joined(separator: " ")): changed files of someone else: \(changed.joined(separator: ", "))")
    }
  }
}
