// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  @Test("damaged sets get a verdict on all that is there, or one line")
  func damagedSets() {
    Torture.run("sets", small: 40, share: 0.4) { trial in
      // Several in one folder: a trial's folder costs as much as a command.
      for part in 0..<4 {
        let set = SmallSet.random(&trial.dice)
        try set.write(to: trial.folder, "train-\(part)")
        let damaged = try set.writeDamaged(to: trial.folder, "generated-\(part)", &trial.dice)
        trial.count("files")
        var words = ["audit", "--train", "train-\(part)\(set.ending)", "--generated", "generated-\(part)\(set.ending)"]
        if trial.dice.once(in: 2) { words[2...4] = [words[4], words[3], words[2]] }
        words += set.options(&trial.dice) + ["--quiet", "--json", "--threads", "1"]
        let ending = try trial.run(words)
        trial.count(ending.code.map { "code \($0)" } ?? "none")
        guard let code = ending.code, code <= 1 else { continue }
        try check(ending, damaged, words, &trial)
      }
    }
  }

  /// A verdict must be on every picture that a folder holds, or say that it is not.
  private func check(_ ending: Ending, _ pictures: Int?, _ words: [String], _ trial: inout Trial) throws {
    guard let inputs = ending.json?["inputs"] as? [[String: Any]], inputs.count == 2 else {
      return trial.fail("\(words.joined(separator: " ")): no inputs in the document")
    }
    guard let pictures else { return }
    let damaged = inputs.filter { ($0["path"] as? String)?.hasPrefix("generated-") == true }
    let counts = damaged.map { $0["count"] as? Int }
    let unread = damaged.compactMap { ($0["leftOut"] as? [String: Any])?["unread"] as? Int }.reduce(0, +)
    if unread > 0 {
      // What could not be looked at is said, and nothing is clean.
      if ending.code == 0 { trial.fail("\(words.joined(separator: " ")): clean, with \(unread) entries unread") }
    } else if counts != [pictures] {
      trial.fail("\(words.joined(separator: " ")): a verdict on \(counts), the folder names \(pictures)")
    }
  }
}
