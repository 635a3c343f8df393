// SPDX-License-Identifier: MIT

/// `key=value` from the command line: the key is a study's key, a short name (d, K, N, M, seeds) or dotted
/// for nested maps (`times.count=50`), the value is YAML (`samples=[50, 100]`).
enum StudyOverride {
  /// Puts each setting in the place of what a study says; a setting given twice is an error.
  static func apply(_ settings: [String], to root: inout StudyNode) throws(StudyError) {
    var seen: Set<String> = []
    for setting in settings {
      guard let sign = setting.firstIndex(of: "="), sign != setting.startIndex else {
        throw StudyError(location, value: setting, problem: "is not a setting", allowed: example)
      }
      let text = String(setting[setting.index(after: sign)...])
      let name = try put(text, at: String(setting[..<sign]), in: &root)
      guard seen.insert(name).inserted else {
        throw StudyError(location.inside(name), value: setting, problem: "is given twice", allowed: "each key once")
      }
    }
  }

  static let location = StudyLocation(source: StudyLocation.commandLine)
  private static let example = "key=value, such as samples=50"

  /// Puts a value at a key, or at keys joined by dots. Returns the key's long name.
  @discardableResult
  static func put(_ text: String, at key: String, in root: inout StudyNode) throws(StudyError) -> String {
    var path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if let long = StudyKeys.shortNames[path[0]] { path[0] = long }
    let name = path.joined(separator: ".")
    let here = location.inside(name)
    guard path.count <= 4, !path.contains("") else {
      throw StudyError(here, problem: "is not a key", allowed: "a key, or keys joined by dots, such as times.count")
    }
    guard StudyKeys.named(path[0]) != nil else { throw StudyKey.unknown(path[0], at: here) }
    guard let value = try StudyText.parse(text, at: here) else {
      throw StudyError(here, problem: "has no value", allowed: example)
    }
    try set(path[...], to: value, in: &root, at: location)
    return name
  }

  /// Replaces or adds one entry, making maps on the way where there are none.
  private static func set(
    _ path: ArraySlice<String>, to value: StudyNode, in node: inout StudyNode, at location: StudyLocation
  ) throws(StudyError) {
    guard let key = path.first else {
      node = value
      return
    }
    var entries: [StudyEntry] = if case .map(let existing) = node.content { existing } else { [] }
    guard case .map = node.content else {
      // A word such as `uniform` or `gaussian` gives way to the map that spells it out.
      node = StudyNode(content: .map([]), location: location)
      return try set(path, to: value, in: &node, at: location)
    }
    let inner = location.inside(key)
    if let index = entries.firstIndex(where: { $0.key == key }) {
      try set(path.dropFirst(), to: value, in: &entries[index].value, at: inner)
    } else {
      var made = StudyNode(content: .map([]), location: inner)
      try set(path.dropFirst(), to: value, in: &made, at: inner)
      entries.append(StudyEntry(key: key, value: made))
    }
    node.content = .map(entries)
  }
}
