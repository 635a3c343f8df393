// SPDX-License-Identifier: MIT
import Foundation

/// The files below a folder and their bytes, to be compared with those of another.
struct FileTree {
  /// By path below the folder; folders have no bytes.
  private(set) var files: [String: Data] = [:]

  init(_ folder: String) {
    guard let names = FileManager.default.enumerator(atPath: folder) else { return }
    while let name = names.nextObject() as? String {
      let attributes = names.fileAttributes
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
      files[name] = (try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))) ?? Data("unreadable".utf8)
    }
  }

  /// Without what tells of the moment, the process or the machine.
  var stable: FileTree {
    var tree = self
    for (name, bytes) in files {
      let last = name.split(separator: "/").last ?? ""
      if last.hasPrefix("provenance") || last == ".lock" { tree.files[name] = Data() }
      if last == "runs.jsonl" { tree.files[name] = Self.withoutTimes(bytes.split(separator: UInt8(ascii: "\n"))) }
      if last == "audit.json" { tree.files[name] = Self.withoutTimes([bytes]) }
      if last.hasSuffix(".html") { tree.files[name] = Self.withoutProvenance(bytes) }
      if last.hasSuffix(".pdf") { tree.files[name] = Self.withoutDate(bytes) }
    }
    return tree
  }

  /// A figure without the second in which it was drawn.
  private static func withoutDate(_ bytes: Data) -> Data {
    var bytes = bytes
    guard let start = bytes.range(of: Data("/CreationDate (".utf8))?.upperBound,
      let end = bytes[start...].firstIndex(of: UInt8(ascii: ")"))
    else { return bytes }
    bytes.removeSubrange(start..<end)
    return bytes
  }

  /// A page without the rows that say when it was made, and by which command.
  private static func withoutProvenance(_ bytes: Data) -> Data {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let rows = ["Started", "Command"].map { "<th scope=\"row\">\($0)</th>" }
    return Data(lines.filter { line in !rows.contains { line.contains($0) } }.joined(separator: "\n").utf8)
  }

  /// JSON objects without the values that hold wall times, sorted.
  private static func withoutTimes(_ objects: [Data]) -> Data {
    let lines = objects.map { line -> String in
      guard var object = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any] else {
        return String(decoding: line, as: UTF8.self)
      }
      object["timing"] = nil
      object["provenance"] = nil
      let data = (try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)) ?? Data()
      return String(decoding: data, as: UTF8.self)
    }
    return Data(lines.sorted().joined(separator: "\n").utf8)
  }

  /// Files in which two trees of the same command differ: nobody can ask for those to be equal.
  func unstable(_ other: FileTree) -> Set<String> {
    Set(files.keys.filter { other.files[$0] != files[$0] })
  }

  /// What stands in `self` and not, or otherwise, in `wanted`, and the other way round; nil if nothing does.
  func differences(from wanted: FileTree, leavingOut unstable: Set<String> = []) -> String? {
    var words: [String] = []
    for name in Set(files.keys).union(wanted.files.keys).sorted() where !Self.mayBeMore(name) {
      switch (files[name], wanted.files[name]) {
      case (nil, _): words.append("\(name) is missing")
      case (_, nil): words.append("\(name) is left over")
      case (let a, let b): if a != b && !unstable.contains(name) { words.append("\(name) differs") }
      }
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// Each start that adds runs says where it ran.
  private static func mayBeMore(_ name: String) -> Bool {
    name.hasPrefix("provenance-") && name.hasSuffix(".json")
  }
}
