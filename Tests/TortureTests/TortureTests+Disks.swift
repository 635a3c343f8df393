// SPDX-License-Identifier: MIT
import Foundation
import Testing

extension TortureTests {
  /// Mounting a small file system takes root, and the right to do it in a container.
  private static let canMount: Bool = {
    guard geteuid() == 0, let disk = try? SmallDisk("\(Torture.folder)/try", kilobytes: 64) else { return false }
    disk.unmount()
    return true
  }()

  @Test(
    "on a full disk a command ends with 3 and one line, and with more room it ends right",
    .enabled(if: canMount, "mounting a small file system takes root"))
  func fullDisks() throws {
    let run = try Material.run.get()
    let cases = [
      (Material.runWords, run), (Material.auditWords, try Material.audit.get()),
      (Material.reportWords, try Material.report.get()), (Material.fitWords, try Material.fit.get()),
      (["sample", "model.safetensors", "--count", "500", "--out", "out/samples.npy", "--quiet"], run),
    ]
    Torture.run("full-disk", small: 10, share: 0.02) { trial in
      let (words, reference) = cases[Int(trial.seed % UInt64(cases.count))]
      try Material.writeStudy(trial.folder)
      try Material.writeSets(trial.folder)
      let model = try FileManager.default.contentsOfDirectory(atPath: "\(run.folder)/out/models").sorted()[0]
      try FileManager.default.copyItem(
        atPath: "\(run.folder)/out/models/\(model)", toPath: "\(trial.folder)/model.safetensors")
      try DiskTrial(words: words, reference: words[0] == "sample" ? nil : reference, run: run).run(&trial)
    }
  }
}

/// A command whose folder `out` is a file system too small for what it writes.
private struct DiskTrial {
  let words: [String]
  let reference: Reference?
  let run: Reference

  func run(_ trial: inout Trial) throws {
    let disk = try SmallDisk("\(trial.folder)/out", kilobytes: 65_536)
    defer { disk.unmount() }
    if words[0] == "report" { try run.copy(to: "\(trial.folder)/out/copy") }
    if words[0] == "report" { try move(trial) }
    let used = disk.usedKilobytes
    let most = (reference?.tree.files.values.reduce(0) { $0 + ($1.count + 4095) / 4096 * 4 + 1 } ?? 24) * 5 / 4
    try disk.resize(kilobytes: max(4, used + trial.dice.below(most)))
    // The scratch files of the system's own folder for them, on the same disk or on another one.
    let temporary = trial.dice.once(in: 3) ? ["TMPDIR": "\(trial.folder)/out"] : [:]
    let environment = Material.quickPath.merging(temporary) { $1 }
    let code = reference?.code ?? 0
    let ending = try trial.run(words, allowed: [3, code], limit: 20, environment: environment)
    if ending.code == 3 { trial.count("full") }
    try disk.resize(kilobytes: 65_536)
    try trial.run(words, allowed: [code], limit: 60, environment: environment)
    guard let reference else {
      let bytes = FileManager.default.contents(atPath: "\(trial.folder)/out/samples.npy")
      if bytes?.count != 128 + 500 * 4 * 8 { trial.fail("samples of \(bytes?.count ?? -1) bytes") }
      return
    }
    trial.compare(with: reference, "after a full disk")
  }

  /// The run folder becomes the disk itself.
  private func move(_ trial: Trial) throws {
    let out = "\(trial.folder)/out"
    let script = "mv \"$0\"/copy/out/* \"$0\"/copy/out/.[!.]* \"$0\" && rm -r \"$0\"/copy"
    let child = try Child(["/bin/sh", "-c", script, out], in: "/", output: trial.folder + "-move")
    guard child.end(within: 60) == .code(0) else { throw Reference.Failure(description: "cannot fill \(out)") }
  }
}

/// A file system in memory of a size of one's own.
struct SmallDisk {
  let path: String

  init(_ path: String, kilobytes: Int) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.call(["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path])
  }

  func resize(kilobytes: Int) throws { try Self.call(["mount", "-o", "remount,size=\(kilobytes)k", path]) }

  func unmount() { try? Self.call(["umount", "-l", path]) }

  var usedKilobytes: Int {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return 0 }
    return Int(status.f_blocks - status.f_bfree) * Int(status.f_bsize) / 1024
  }

  private static func call(_ words: [String]) throws {
    let child = try Child(words, in: "/", output: "\(Torture.folder)/mount-\(UUID().uuidString)")
    guard child.end(within: 10) == .code(0) else {
      throw Reference.Failure(description: "\(words.joined(separator: " ")) fails")
    }
  }
}
