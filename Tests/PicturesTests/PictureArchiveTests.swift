// SPDX-License-Identifier: MIT
import Foundation
import Pictures
import Testing

struct PictureArchiveTests {
  private func shade(_ level: UInt8) -> [UInt8] { Encoded.png(2, 2, 1, [level, level, level, level]) }

  private func read(
    _ files: [(name: String, bytes: [UInt8])], deflated: Bool = true, password: String? = nil
  ) throws -> PictureSet {
    let folder = try ScratchFolder()
    let path = "\(folder.path)/set.zip"
    try EncodedZip.write(files, to: path, deflated: deflated, password: password)
    return try PictureSet(reading: path)
  }

  private let labels = #"{"labels": [["00001/b.png", 6], ["00000/a.png", 2], ["unused.png", 1]]}"#

  @Test("zip: pictures in the order of names with EDM's labels, stored or deflated", arguments: [true, false])
  func edm(deflated: Bool) throws {
    let set = try read(
      [
        ("00001/", []), ("00001/b.png", shade(7)), ("00000/a.png", shade(5)), ("dataset.json", Array(labels.utf8)),
        ("readme.md", [1]),
      ], deflated: deflated)
    #expect(set.names == ["00000/a.png", "00001/b.png"])
    #expect(set.pixels == [5, 5, 5, 5, 7, 7, 7, 7] && set.labels == [2, 6])
  }

  @Test("zip: without labels", arguments: [nil, #"{"labels": null}"#, "{}"])
  func unlabelled(json: String?) throws {
    let files = [("a.png", shade(5))] + (json.map { [("dataset.json", Array($0.utf8))] } ?? [])
    #expect(try read(files).labels == nil)
  }

  @Test(
    "zip: labels that are not EDM's are refused",
    arguments: [
      #"{"labels": [["a.png", 0.5]]}"#, #"{"labels": [["a.png", [0, 1]]]}"#, #"{"labels": [["a.png"]]}"#,
      #"{"labels": {"a.png": 1}}"#, #"{"labels": [["a.png", 99999999999999999999]]}"#, "[", "\u{0}",
      String(repeating: "[", count: 100_000),
    ])
  func badLabels(json: String) {
    let line = message { _ = try read([("a.png", shade(5)), ("dataset.json", Array(json.utf8))]) }
    #expect(line.contains("set.zip, dataset.json: not labels as EDM writes them"), "\(line)")
  }

  @Test("zip: labels far larger than the pictures need are refused before they are decompressed")
  func largeLabels() {
    let json = Array(#"{"labels": null}"#.utf8) + [UInt8](repeating: 32, count: 2 << 20)
    let line = message { _ = try read([("a.png", shade(5)), ("dataset.json", json)]) }
    #expect(line.hasSuffix("dataset.json: it declares 2097168 bytes, more than the limit of 1049600"), "\(line)")
  }

  @Test("zip: a picture without its label is named")
  func missingLabel() {
    let line = message { _ = try read([("x.png", shade(5)), ("dataset.json", Array(labels.utf8))]) }
    #expect(line.contains("dataset.json: it has no label for 'x.png'"), "\(line)")
  }

  @Test(
    "zip: names that lead out of the archive are refused",
    arguments: ["../a.png", "a/../../b.png", "/etc/a.png", "..\\a.png", "C:\\a.png", "a\\..\\..\\b.png", "C:/a.png"])
  func traversal(name: String) {
    let line = message { _ = try read([("ok.png", shade(1)), (name, shade(5))]) }
    #expect(line.contains("its entry '\(name)' leads out of the archive"), "\(line)")
  }

  @Test("zip: names with dots that lead nowhere are fine")
  func dots() throws {
    #expect(try read([("a..b/..c.png", shade(1)), ("./d.png", shade(2))]).count == 2)
  }

  @Test("zip: encrypted, empty, of other content, of several sizes: refused with the entry's name")
  func refused() throws {
    #expect(message { _ = try read([("a.png", shade(5))], password: "x") }.contains("'a.png' is encrypted"))
    #expect(message { _ = try read([("a.txt", [1])]) }.contains("set.zip: no PNG or JPEG picture in it"))
    #expect(message { _ = try read([("a.png", [1, 2])]) }.contains("set.zip, a.png: it is neither PNG nor JPEG"))
    let sizes = message { _ = try read([("a.png", shade(5)), ("b.png", Encoded.png(1, 2, 1, [1, 2]))]) }
    #expect(sizes.contains("set.zip, b.png: it is 1 x 2 (height x width), but a.png is 2 x 2"))
    let folder = try ScratchFolder()
    let path = try folder.put(Array("PK".utf8) + [3, 4] + Array(repeating: 0, count: 100), "a.zip")
    #expect(message { _ = try PictureSet(reading: path) }.contains("not a readable zip file"))
    // The end of an archive without entries.
    let none = try folder.put(Array("PK".utf8) + [5, 6] + Array(repeating: 0, count: 18), "b.zip")
    #expect(message { _ = try PictureSet(reading: none) }.contains("no PNG or JPEG picture in it"))
  }

  @Test("zip: a picture that unpacks to 100 MB is not unpacked")
  func bomb() {
    let zeros = [UInt8](repeating: 0, count: 100_000_000)
    let line = message { _ = try read([("a.png", zeros)]) }
    #expect(line.contains("set.zip, a.png: it declares 100000000 bytes, more than the limit of 67108864"), "\(line)")
  }
}
