// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  @Test("an audit that finds damaged blocks ends with the undisturbed bytes or refuses in one line")
  func damagedBlocks() throws {
    let reference = try Material.audit.get()
    let interrupted = try InterruptedAudit(reference)
    Torture.run("blocks", small: 10, share: 0.02) { trial in
      try FileManager.default.removeItem(atPath: trial.folder)
      try interrupted.copy(to: trial.folder)
      let done = try FolderMutation.damage("\(trial.folder)/out/neighbors", interrupted.names, &trial.dice)
      trial.count("files", done.count)
      let words = Material.auditWords + ["--threads", "1"]
      let ending = try trial.run(words, allowed: [reference.code, 2, 3], limit: 10, environment: Material.quickPath)
      if ending.code == reference.code {
        trial.count("went on")
        trial.compare(with: reference, "with damaged blocks (\(done.joined(separator: "; ")))")
      }
    }
  }
}

/// An audit killed when its searches were done and its evidence was not.
private struct InterruptedAudit {
  let folder = "\(Torture.folder)/interrupted"
  let names: [String]

  init(_ reference: Reference) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Material.writeSets(folder)
    for _ in 0..<50 {
      try? FileManager.default.removeItem(atPath: "\(folder)/out")
      let child = try Child(
        [Torture.program] + Material.auditWords, in: folder, output: folder + "-stream",
        environment: Material.quickPath)
      while child.ended() == nil, !Self.isStaging("\(folder)/out") { usleep(300) }
      child.signal(SIGKILL)
      _ = child.end(within: 10)
      let found = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/out/neighbors")) ?? []
      if found.count >= 3 {
        names = found.sorted()
        return
      }
    }
    throw Reference.Failure(description: "no audit could be killed between its searches and its evidence")
  }

  /// Whether the evidence is being made: its staging folder is there.
  private static func isStaging(_ folder: String) -> Bool {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).contains { $0.hasPrefix(".verbatim-new-") }
  }

  func copy(to place: String) throws {
    let child = try Child(["cp", "-a", "\(folder)/.", place], in: "/", output: place + "-copy")
    guard child.end(within: 60) == .code(0) else { throw Reference.Failure(description: "cannot copy \(folder)") }
  }
}
