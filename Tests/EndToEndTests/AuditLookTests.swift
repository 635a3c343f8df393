// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Pictures
import LabTesting
import Testing

/// An audit must not say clean where it did not look.
@Suite("What an audit looked at")
struct AuditLookTests {
  /// Folders t (600 pictures in two classes), h, and g, of which 100 of 500 are copied from the class `a` of t.
  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    let key = RandomKey(seed: 7)
    func picture(_ label: String, _ index: Int) throws -> Data {
      let values = key.child(label).child(index).normals(64).map { max(0, min(1, 0.5 + 0.2 * $0)) }
      var sheet = ContactSheet(
        rows: 1, columns: 1, pictures: [Picture(height: 8, width: 8, values: values)])
      (sheet.scale, sheet.border) = (1, 0)
      return Data(try sheet.png())
    }
    for folder in ["t/a", "t/b", "h", "g"] {
      try FileManager.default.createDirectory(
        at: scratch.url.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    func write(_ data: Data, _ name: String) throws { try data.write(to: scratch.url.appendingPathComponent(name)) }
    for index in 0..<300 {
      try write(picture("a", index), "t/a/\(index).png")
      try write(picture("b", index), "t/b/\(index).png")
    }
    for index in 0..<500 {
      try write(picture("h", index), "h/\(index).png")
      try write(index < 100 ? picture("a", index) : picture("g", index), "g/\(index).png")
    }
    return scratch
  }

  private let line = "audit --train t --generated g --holdout h --quiet --json"

  private func audit(_ scratch: ScratchFolder, _ more: String = "") throws -> (CommandRunner.Result, [String: Any]) {
    let result = try scratch.runner.run(line + more)
    return (result, try result.json())
  }

  @Test("a class folder whose name is not UTF-8 is read like any other")
  func rawNames() throws {
    let scratch = try scratch()
    // André in Latin-1.
    #expect(try scratch.shell("mv t/a \"$(printf 't/Andr\\351')\"") == 0)
    let (result, document) = try audit(scratch, " --out out")
    #expect(result.code == 1 && document["verdict"] as? String == "memorized", "\(result.errors)")
    #expect((document["inputs"] as? [[String: Any]])?.first?["count"] as? Int == 600)
    let classes = String(decoding: try scratch.bytes("out/classes.csv"), as: UTF8.self)
    #expect(classes.contains("Andr\\x{e9},300,100,"), "\(classes)")
    // The copies' source is named, too.
    #expect(String(decoding: try scratch.bytes("out/samples.csv"), as: UTF8.self).contains("Andr\\x{e9}/0.png"))
  }

  @Test("two names that differ in a byte that is not UTF-8 are two classes")
  func rawClasses() throws {
    let scratch = try scratch()
    #expect(
      try scratch.shell("mv t/a \"$(printf 't/\\351')\" && mv t/b \"$(printf 't/\\350')\"") == 0)
    let (_, document) = try audit(scratch)
    let classes = try #require(document["classes"] as? [[String: Any]])
    #expect(classes.compactMap { $0["name"] as? String } == ["\\x{e8}", "\\x{e9}"])
  }

  @Test("what cannot be reached is named, and the verdict is not clean")
  func dangling() throws {
    let scratch = try scratch()
    #expect(try scratch.shell("rm -r t/a && ln -s /nonexistent/a t/a") == 0)
    let (result, document) = try audit(scratch)
    #expect(result.code == 1 && document["verdict"] as? String == "inconclusive")
    #expect((document["summary"] as? String)?.contains("1 entry of t could not be read") == true)
    let leftOut = try leftOut(document)
    #expect(leftOut["unread"] as? Int == 1)
    #expect(leftOut["unreadNames"] as? [String] == ["a (no such file or directory)"])
    // Without the link nothing is wrong with what is there.
    #expect(try scratch.shell("rm t/a") == 0)
    #expect(try audit(scratch).0.code == 0)
  }

  @Test("pictures of formats that are not read are no reason for a clean verdict")
  func unreadPictures() throws {
    let scratch = try scratch()
    #expect(try scratch.shell("rm -r t/a; printf 'RIFF0000WEBPVP8 ' > t/b/x.webp; cp t/b/0.png t/b/copy") == 0)
    let (result, document) = try audit(scratch, " --out out")
    #expect(result.code == 1 && document["verdict"] as? String == "inconclusive")
    let names = try leftOut(document)["unreadNames"] as? [String]
    #expect(names == ["b/copy (PNG, not read under this name)", "b/x.webp (WebP, not read)"])
    let page = String(decoding: try scratch.bytes("out/report.html"), as: UTF8.self)
    #expect(page.contains("b/x.webp (WebP, not read)") && page.contains("2 entries of t could not be read"))
  }

  @Test("pictures in hidden folders and in archives among pictures were not looked at")
  func hiddenAndPacked() throws {
    let scratch = try scratch()
    #expect(
      try scratch.shell("mkdir -p t/.cache/x t/.git; mv t/a/0.png t/.cache/x/; echo ref > t/.git/HEAD; rm -r t/a") == 0)
    let (result, document) = try audit(scratch)
    #expect(result.code == 1 && document["verdict"] as? String == "inconclusive")
    let hidden = try leftOut(document)
    #expect(hidden["unreadNames"] as? [String] == [".cache/x/0.png (PNG, not read under this name)"])
    #expect(hidden["kinds"] as? [String: Int] == ["hidden": 1])
    #expect(try scratch.shell("rm -r t/.cache; tar cf t/more.tar g; gzip -c t/b/0.png > t/x") == 0)
    let packed = try leftOut(audit(scratch).1)
    #expect(packed["unreadNames"] as? [String] == ["more.tar (tar, not read)", "x (gzip, not read)"])
  }

  @Test("other files are counted and named, and change no verdict")
  func otherFiles() throws {
    let scratch = try scratch()
    #expect(
      try scratch.shell("rm -r t/a; echo a > t/notes.txt; echo b > t/README; touch t/.hidden; mkfifo t/pipe") == 0)
    let (result, document) = try audit(scratch)
    #expect(result.code == 0 && document["verdict"] as? String == "clean", "\(result.output)")
    let leftOut = try leftOut(document)
    #expect(leftOut["kinds"] as? [String: Int] == ["txt": 1, "no extension": 1, "hidden": 1, "special": 1])
    #expect(
      leftOut["names"] as? [String] == [".hidden", "README", "notes.txt", "pipe"] && leftOut["unread"] as? Int == 0)
    #expect((document["warnings"] as? [String])?.contains { $0.contains("notes.txt") } == true)
  }

  @Test("pictures beside the batches of CIFAR-10 or beside arrays in a zip were not looked at")
  func mixedSources() throws {
    let scratch = try scratch()
    var batch = Data()
    for index in 0..<40 {
      batch.append(UInt8(index % 10))
      batch.append(
        contentsOf: RandomKey(seed: 3).child(index).normals(3072).map { UInt8(max(0, min(255, 128 + 40 * $0))) })
    }
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent("cifar/more"), withIntermediateDirectories: true)
    try batch.write(to: scratch.url.appendingPathComponent("cifar/data_batch_1.bin"))
    try scratch.write("airplane", to: "cifar/batches.meta.txt")
    let command = "audit --train cifar --generated cifar/data_batch_1.bin --quiet --json"
    let alone = try scratch.runner.run(command).json()
    #expect(try leftOut(alone)["unread"] as? Int == 0)
    #expect(try scratch.shell("cp t/a/0.png cifar/more/a.png") == 0)
    #expect(
      try leftOut(scratch.runner.run(command).json())["unreadNames"] as? [String] == [
        "more/a.png (PNG, not read under this name)"
      ])
  }

  @Test("control characters of class names reach neither a text nor the page")
  func controlCharacters() throws {
    let scratch = try scratch()
    #expect(try scratch.shell("mv t/a \"$(printf 't/\\033[31mred')\"") == 0)
    let (result, _) = try audit(scratch, " --out out")
    #expect(result.code == 1)
    let figures = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/out/figures")
    for name in figures.map({ "figures/\($0)" }) + ["report.html", "samples.csv", "classes.csv", "audit.json"]
    where !name.hasSuffix(".png") && !name.hasSuffix(".pdf") {
      #expect(try !scratch.bytes("out/\(name)").contains(0x1B), "\(name)")
    }
  }

  private func leftOut(_ document: [String: Any]) throws -> [String: Any] {
    try #require((document["inputs"] as? [[String: Any]])?.first?["leftOut"] as? [String: Any])
  }
}
