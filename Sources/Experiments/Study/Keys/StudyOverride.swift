// SPDX-License-Identifier: MIT

/// `key=value` from the command line: the key is a study's key, a short name (d, K, N, M, seeds) or dotted
/// for nested maps (`times.count=50`), the value is YAML (`samples=[50, 100]`).
enum StudyOverride {
  /// Puts each setting in the place of what a study says; a setting given twice is an error.
  static func apply(_ settings: [String], to root: inout StudyNode) throws(StudyError) {
    var seen: Set<String> = []
    for setting in settings {
      let (path, value) = try split(setting)
      let name = path.joined(separator: ".")
      guard seen.insert(name).inserted else {
        throw StudyError(place.inside(name), value: setting, problem: "is given twice", allowed: "each key once")
      }
      try set(path[...], to: value, in: &root, at: place)
    }
  }

  private static let place = StudyPlace(source: StudyPlace.commandLine)

  private static func split(_ setting: String) throws(StudyError) -> (path: [String], value: StudyNode) {
    guard let sign = setting.firstIndex(of: "="), sign != setting.startIndex else {
      throw StudyError(place, value: setting, problem: "is not a setting", allowed: "key=value, such as samples=50")
    }
    var path = setting[..<sign].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if let long = StudyKey.aliases[path[0]] { path[0] = long.rawValue }
    let here = place.inside(path.joined(separator: "."))
    guard path.count <= 4, !path.contains("") else {
      throw StudyError(here, problem: "is not a key", allowed: "a key, or keys joined by dots, such as times.count")
    }
    guard StudyKey(rawValue: path[0]) != nil else {
      throw StudyError(
        here, problem: StudyKey.unknown(path[0]), allowed: StudyKey.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let text = String(setting[setting.index(after: sign)...])
    guard let value = try StudyText.parse(text, at: here) else {
      throw StudyError(here, problem: "has no value", allowed: "key=value, such as samples=50")
    }
    return (path, value)
  }

  /// Replaces or adds one entry, making maps on the way where there are none.
  private static func set(
    _ path: ArraySlice<String>, to value: StudyNode, in node: inout StudyNode, at place: StudyPlace
  ) throws(StudyError) {
    guard let key = path.first else {
      node = value
      return
    }
    var entries: [StudyEntry] = if case .map(let existing) = node.content { existing } else { [] }
    guard case .map = node.content else {
      // A word such as `uniform` or `gaussian` gives way to the map that spells it out.
      node = StudyNode(content: .map([]), place: place)
      return try set(path, to: value, in: &node, at: place)
    }
    let inner = place.inside(key)
    if let index = entries.firstIndex(where: { $0.key == key }) {
      try set(path.dropFirst(), to: value, in: &entries[index].value, at: inner)
    } else {
      var made = StudyNode(content: .map([]), place: inner)
      try set(path.dropFirst(), to: value, in: &made, at: inner)
      entries.append(StudyEntry(key: key, value: made))
    }
    node.content = .map(entries)
  }
}
