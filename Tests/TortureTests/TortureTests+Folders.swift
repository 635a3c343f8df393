// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  @Test("a damaged run folder gets one line or what it holds, from every command that reads it")
  func damagedFolders() throws {
    let run = try Material.run.get()
    let names = FileTree("\(run.folder)/out").files.keys.sorted()
    Torture.run("run-folders", small: 25, share: 0.45) { trial in
      try FileManager.default.removeItem(atPath: trial.folder)
      try run.copy(to: trial.folder)
      // The records are what everything else comes from.
      let mostly = trial.dice.once(in: 2) ? ["runs.jsonl"] : names
      let done = try FolderMutation.damage("\(trial.folder)/out", mostly, &trial.dice)
      trial.count("folders")
      trial.count("files", done.count)
      let before = trial.failures.count
      for words in Self.readers(&trial.dice) {
        try trial.run(words, limit: 10, environment: Material.quickPath)
      }
      if trial.failures.count > before { trial.fail("  there: \(done.joined(separator: "; "))") }
    }
  }

  /// Commands that read a run folder; those that take long only now and then.
  private static func readers(_ dice: inout Dice) -> [[String]] {
    var commands = [
      ["list", "out"], ["list", "out", "--json"], ["show", "out"], ["show", "out", "--json"],
      ["plan", "study.yaml", "--out", "out"],
      ["fit", "out"], ["fit", "out/transitions.csv", "--starts", "1"], ["fit", "out/results.csv", "--starts", "1"],
    ]
    if dice.once(in: 4) { commands.append(Material.reportWords) }
    if dice.once(in: 4) { commands.append(["fit", "out", "--measured-losses"]) }
    commands.append(Material.runWords)
    if dice.once(in: 2) { commands.append(["show", "out", "--json"]) }
    return commands
  }

  @Test("a damaged model is refused in one line, or sampled from and audited")
  func damagedModels() throws {
    let run = try Material.run.get()
    let models = try FileManager.default.contentsOfDirectory(atPath: "\(run.folder)/out/models").sorted()
      .map { FileManager.default.contents(atPath: "\(run.folder)/out/models/\($0)") ?? Data() }
    Torture.run("models", small: 10, share: 0.02) { trial in
      let bytes = Mutation.mutated(Array(trial.dice.pick(models)), &trial.dice)
      try Data(bytes).write(to: URL(fileURLWithPath: "\(trial.folder)/m.safetensors"))
      trial.count("files")
      try trial.run(["sample", "m.safetensors", "--count", "5", "--quiet", "--threads", "1"])
      try trial.run(["audit", "--model", "m.safetensors", "--quiet", "--threads", "1"])
    }
  }
}
