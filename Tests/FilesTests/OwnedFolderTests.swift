// SPDX-License-Identifier: MIT
import Files
import Foundation
import Testing

/// A folder of a test's own.
private final class Place {
  let path = NSTemporaryDirectory() + "verbatim-files-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func put(_ text: String, _ name: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: "\(path)/\(name)").deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func text(_ name: String) -> String? { try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

  var names: Set<String> { Set((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []) }
}

struct OwnedFolderTests {
  private func publish(_ files: [String: String], in folder: OwnedFolder) throws {
    let staged = try folder.stage()
    for (name, text) in files {
      let file = URL(fileURLWithPath: "\(staged)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try folder.publish(staged, last: "z")
  }

  @Test("files are replaced as a whole: what was published goes, what is anyone else's stays")
  func publishing() throws {
    let place = try Place()
    let folder = try OwnedFolder(place.path, kind: .audit)
    try publish(["a": "1", "figures/b": "1", "z": "1"], in: folder)
    try place.put("mine", "notes")
    try place.put("mine", "figures/c")
    try publish(["figures/d": "2", "z": "2"], in: folder)
    #expect(place.names == [".lock", ".verbatim-audit", "figures", "figures/c", "figures/d", "notes", "z"])
    #expect(place.text("notes") == "mine" && place.text("figures/c") == "mine" && place.text("z") == "2")
    #expect(place.text(".verbatim-audit") == "figures/d\nz\n")
    // Of anyone else's, though its name is one that would be published.
    #expect(throws: StoreError.self) {
      try publish(["figures/c": "3", "z": "3"], in: folder)
    }
    #expect(place.text("figures/c") == "mine" && place.text("z") == "2")
  }

  @Test("a mark that names files elsewhere removes none of them")
  func lyingMark() throws {
    let (place, other) = (try Place(), try Place())
    try other.put("mine", "a")
    try place.put("\(other.path)/a\n../\((other.path as NSString).lastPathComponent)/a\nb/../../x\n", ".verbatim-audit")
    try publish(["z": "1"], in: OwnedFolder(place.path, kind: .audit))
    #expect(other.text("a") == "mine" && place.text("z") == "1")
  }

  @Test("a link in the place of the figures is not followed")
  func linkedFigures() throws {
    let (place, other) = (try Place(), try Place())
    let folder = try OwnedFolder(place.path, kind: .audit)
    try publish(["figures/d": "1", "z": "1"], in: folder)
    try other.put("mine", "d")
    try FileManager.default.removeItem(atPath: "\(place.path)/figures")
    try FileManager.default.createSymbolicLink(atPath: "\(place.path)/figures", withDestinationPath: other.path)
    #expect(throws: StoreError.self) { try publish(["figures/d": "2", "z": "2"], in: folder) }
    #expect(other.text("d") == "mine" && place.text("z") == "1")
  }

  @Test("one holder at a time; a folder that came to nothing is taken back")
  func holding() throws {
    let place = try Place()
    var folder: OwnedFolder? = try OwnedFolder("\(place.path)/new/inner", kind: .fit)
    #expect(throws: StoreError.self) { try OwnedFolder("\(place.path)/new/inner", kind: .fit) }
    folder?.abandon()
    folder = nil
    #expect(place.names == ["new"])
    // One that was there stays.
    let empty = try Place()
    try OwnedFolder(empty.path, kind: .fit).abandon()
    #expect(empty.names.contains(".verbatim-fit"))
  }

  @Test("what looks like a leftover or a lock of ours, and is not, stays")
  func lookalikes() throws {
    let (place, other) = (try Place(), try Place())
    try place.put("mine", ".backup.2020.partial/thesis.tex")
    #expect(throws: StoreError.self) { try OwnedFolder(place.path, kind: .audit) }
    #expect(place.text(".backup.2020.partial/thesis.tex") == "mine")
    let locked = try Place()
    try locked.put("mine", ".lock")
    #expect(throws: StoreError.self) { try OwnedFolder(locked.path, kind: .audit) }
    #expect(locked.text(".lock") == "mine")
    let linked = try Place()
    try other.put("mine", "thesis")
    try FileManager.default.createSymbolicLink(
      atPath: "\(linked.path)/.lock", withDestinationPath: "\(other.path)/thesis")
    #expect(throws: StoreError.self) { try OwnedFolder(linked.path, kind: .audit) }
    #expect(other.text("thesis") == "mine")
  }

  @Test("another kind's folder is foreign")
  func kinds() throws {
    let place = try Place()
    try publish(["z": "1"], in: OwnedFolder(place.path, kind: .audit))
    #expect(throws: StoreError.foreign(path: place.path, kind: "a fit", entry: ".verbatim-audit")) {
      try OwnedFolder(place.path, kind: .fit)
    }
  }
}

struct TemporaryFolderTests {
  @Test("private, gone with the value; only what nobody holds is removed")
  func life() throws {
    let (place, other) = (try Place(), try Place())
    try place.put("left", ".verbatim-scratch-abc123/train.pixels")
    try FileManager.default.createSymbolicLink(
      atPath: "\(place.path)/.verbatim-scratch-link00", withDestinationPath: other.path)
    try other.put("mine", "a")
    var first: TemporaryFolder? = try TemporaryFolder(in: place.path)
    let path = try #require(first?.path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o700)
    #expect(!place.names.contains(".verbatim-scratch-abc123"))
    let second = try TemporaryFolder(in: place.path)
    #expect(FileManager.default.fileExists(atPath: path) && second.path != path)
    first = nil
    #expect(!FileManager.default.fileExists(atPath: path) && FileManager.default.fileExists(atPath: second.path))
    #expect(other.text("a") == "mine")
  }
}
