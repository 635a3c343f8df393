// SPDX-License-Identifier: MIT
internal import Experiments
internal import Foundation

/// A configuration as key paths and texts: how two configurations differ, whatever fields they have.
struct FlatSettings {
  private(set) var values: [String: String] = [:]

  init(of configuration: Configuration) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(configuration),
      let tree = try? JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
    else { return }
    flatten(tree, at: "")
  }

  private mutating func flatten(_ tree: Any, at path: String) {
    if let object = tree as? [String: Any] {
      if object.isEmpty { values[path] = "yes" }
      for (key, value) in object { flatten(value, at: path.isEmpty ? key : "\(path).\(key)") }
    } else if let list = tree as? [Any] {
      values[path] = list.map { "\($0)" }.joined(separator: " ")
    } else {
      values[path] = "\(tree)"
    }
  }

  /// The keys that do not have one value throughout, sorted.
  static func differing(_ settings: [FlatSettings]) -> [String] {
    let keys = Set(settings.flatMap(\.values.keys))
    return keys.filter { key in Set(settings.map { $0.values[key] }).count > 1 }.sorted()
  }
}
