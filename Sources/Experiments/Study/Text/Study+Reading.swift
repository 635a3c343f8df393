// SPDX-License-Identifier: MIT
internal import Foundation

extension Study {
  /// Reads a study file and applies `key=value` overrides.
  ///
  /// `families` and `allowManyRuns` are those of `init`. Throws a `StudyError` of one line for everything that cannot
  /// be read or cannot stand.
  public static func read(
    path: String, overrides: [String] = [], families: ModelFamilies = .standard, allowManyRuns: Bool = false
  ) throws(StudyError) -> Study {
    let text = try contents(of: path)
    return try parse(text, source: path, overrides: overrides, families: families, allowManyRuns: allowManyRuns)
  }

  /// The study of a text; `source` is the file shown in errors, and its base name the default name.
  public static func parse(
    _ text: String, source: String, overrides: [String] = [], families: ModelFamilies = .standard,
    allowManyRuns: Bool = false
  ) throws(StudyError) -> Study {
    let location = StudyLocation(source: source)
    guard var root = try StudyText.parse(text, at: location) else {
      throw StudyError(location, problem: "is empty", allowed: "keys and values, such as samples: 50")
    }
    guard case .map = root.content else { throw StudySettings.notAStudy(root) }
    try StudyOverride.apply(overrides, to: &root)
    return try Study(
      StudySettings(root), name: baseName(source), families: families, allowManyRuns: allowManyRuns)
  }

  /// `Studies/quick start.yaml` gives `quick-start`.
  private static func baseName(_ source: String) -> String {
    let base = URL(fileURLWithPath: source).deletingPathExtension().lastPathComponent
    let name = String(base.prefix(64).map { StudyKeys.isName("a" + String($0)) ? $0 : "-" })
    return StudyKeys.isName(name) ? name : "study"
  }

  /// The text of a file, read up to the limit only: the path may be a device or a pipe.
  private static func contents(of path: String) throws(StudyError) -> String {
    let location = StudyLocation(source: path)
    let data: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      data = try handle.read(upToCount: StudyText.byteLimit + 1) ?? Data()
    } catch {
      throw StudyError(location, problem: unreadable(path), allowed: "a readable YAML file")
    }
    guard data.count <= StudyText.byteLimit else {
      throw StudyError(location, problem: "is too long", allowed: "at most \(StudyText.byteLimit) bytes")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw StudyError(location, problem: "is not UTF-8 text", allowed: "a readable YAML file")
    }
    return text
  }

  private static func unreadable(_ path: String) -> String {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return "is not there" }
    return isDirectory.boolValue ? "is a folder" : "cannot be read"
  }
}

extension StudySettings {
  /// Values that someone gave as text, each at a key or at keys joined by dots (`times.count`); nil stands for none.
  ///
  /// A value is YAML and is read as a study's is. Errors name the command line.
  public init(commandLine options: [(key: String, text: String?)]) throws(StudyError) {
    var root = StudyNode(content: .map([]), location: StudyOverride.location)
    for (key, text) in options {
      if let text { try StudyOverride.put(text, at: key, in: &root) }
    }
    try self.init(root)
  }

  /// What the nodes of a study say.
  init(_ root: StudyNode) throws(StudyError) {
    self.init(location: root.location)
    guard case .map(let entries) = root.content else { throw Self.notAStudy(root) }
    for entry in entries {
      guard let key = StudyKeys.named(entry.key) else {
        throw StudyKey.unknown(entry.key, at: entry.value.location)
      }
      try key.read(entry.value, &self)
    }
  }

  static func notAStudy(_ root: StudyNode) -> StudyError {
    root.refused("is not a study", allowed: "keys and values, such as samples: 50")
  }
}
