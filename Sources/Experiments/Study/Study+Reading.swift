// SPDX-License-Identifier: MIT
internal import Foundation

extension Study {
  /// Reads a study file and applies `key=value` overrides.
  ///
  /// `allowManyRuns` lifts `maximumRuns` (the command line's --yes, and reading a folder back).
  /// Throws a `StudyError` of one line for everything that cannot be read or cannot stand.
  public static func read(
    path: String, overrides: [String] = [], allowManyRuns: Bool = false
  ) throws(StudyError) -> Study {
    let text = try contents(of: path)
    return try parse(text, source: path, overrides: overrides, allowManyRuns: allowManyRuns)
  }

  /// The study of a text; `source` is the file shown in errors, and its base name the default name.
  public static func parse(
    _ text: String, source: String, overrides: [String] = [], allowManyRuns: Bool = false
  ) throws(StudyError) -> Study {
    let place = StudyPlace(source: source)
    guard var root = try StudyText.parse(text, at: place) else {
      throw StudyError(place, problem: "is empty", allowed: "keys and values, such as samples: 50")
    }
    guard case .map = root.content else { throw StudyDraft.notAStudy(root) }
    try StudyOverride.apply(overrides, to: &root)
    return try Study(StudyDraft(root), defaultName: baseName(source), allowManyRuns: allowManyRuns)
  }

  /// A study without a file: `key=value` settings on top of the defaults.
  public init(name: String, settings: [String], allowManyRuns: Bool = false) throws(StudyError) {
    var root = StudyNode(content: .map([]), place: StudyPlace(source: StudyPlace.commandLine))
    try StudyOverride.apply(settings, to: &root)
    try self.init(StudyDraft(root), defaultName: name, allowManyRuns: allowManyRuns)
  }

  /// `Studies/quick start.yaml` gives `quick-start`.
  private static func baseName(_ source: String) -> String {
    let base = URL(fileURLWithPath: source).deletingPathExtension().lastPathComponent
    let name = String(base.prefix(64).map { StudyDraft.isName("a" + String($0)) ? $0 : "-" })
    return StudyDraft.isName(name) ? name : "study"
  }

  /// The text of a file, read up to the limit only: the path may be a device or a pipe.
  private static func contents(of path: String) throws(StudyError) -> String {
    let place = StudyPlace(source: path)
    let data: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      data = try handle.read(upToCount: StudyText.byteLimit + 1) ?? Data()
    } catch {
      throw StudyError(place, problem: unreadable(path), allowed: "a readable YAML file")
    }
    guard data.count <= StudyText.byteLimit else {
      throw StudyError(place, problem: "is too long", allowed: "at most \(StudyText.byteLimit) bytes")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw StudyError(place, problem: "is not UTF-8 text", allowed: "a readable YAML file")
    }
    return text
  }

  private static func unreadable(_ path: String) -> String {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return "is not there" }
    return isDirectory.boolValue ? "is a folder" : "cannot be read"
  }
}
