// SPDX-License-Identifier: MIT
import Experiments
import Foundation
import Testing

@Suite struct ProvenanceTests {
  private static let hash = "0123456789abcdef0123456789abcdef01234567"

  /// Builds a package folder with a `.git` and asks for the commit of an executable inside it.
  private func commit(_ files: [String: String], package: String = "name: \"verbatim\"") throws -> String? {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("provenance-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    var files = files
    files["Package.swift"] = package
    files[".build/release/verbatim"] = ""
    for (path, text) in files {
      let file = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return Provenance.commit(near: root.appendingPathComponent(".build/release/verbatim"))
  }

  @Test func `the commit is found on a branch, packed, detached and in a linked work tree`() throws {
    let ref = "ref: refs/heads/main\n"
    #expect(try commit([".git/HEAD": ref, ".git/refs/heads/main": Self.hash + "\n"]) == Self.hash)
    #expect(try commit([".git/HEAD": ref, ".git/packed-refs": "# x\n\(Self.hash) refs/heads/main\n"]) == Self.hash)
    #expect(try commit([".git/HEAD": Self.hash + "\n"]) == Self.hash)
    let linked = [
      ".git": "gitdir: other/worktrees/w\n", "other/worktrees/w/HEAD": ref, "other/worktrees/w/commondir": "../..\n",
      "other/refs/heads/main": Self.hash,
    ]
    #expect(try commit(linked) == Self.hash)
  }

  @Test func `a commit that cannot be told is unknown, not wrong`() throws {
    #expect(try commit([:]) == nil)
    #expect(try commit([".git/HEAD": "ref: refs/heads/none\n"]) == nil)
    #expect(try commit([".git/HEAD": "garbage"]) == nil)
    #expect(try commit([".git/HEAD": Self.hash], package: "name: \"another\"") == nil)
    let nowhere = URL(fileURLWithPath: "/nowhere/verbatim")
    let provenance = Provenance(blas: "none", seeds: [], started: Date(), executable: nowhere)
    #expect(provenance.commit == "unknown")
  }

  @Test func `a provenance names program and machine and survives coding`() throws {
    let provenance = Provenance(
      commandLine: ["verbatim", "run"], blas: "OpenBLAS 0.3.21", seeds: [7], started: Date(timeIntervalSince1970: 0))
    #expect(provenance.version == Release.version && provenance.started == "1970-01-01T00:00:00Z")
    #expect(provenance.cores >= 1 && !provenance.cpu.isEmpty && !provenance.operatingSystem.isEmpty)
    let data = try JSONEncoder().encode(provenance)
    #expect(try JSONDecoder().decode(Provenance.self, from: data) == provenance)
  }
}
