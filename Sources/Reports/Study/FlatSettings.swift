// SPDX-License-Identifier: MIT
public import Experiments
internal import Foundation

/// A configuration as key paths and texts: how two configurations differ, whatever fields they have.
public struct FlatSettings: Sendable {
  /// Texts by key path: `data.dimension` is "30". An empty object is "yes", a list its elements and spaces.
  public private(set) var values: [String: String] = [:]

  /// By way of the configuration's JSON.
  public init(of configuration: Configuration) {
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

  /// A line for each configuration: d, K, N, variance and seeds, then every other key in which one of them differs.
  public static func headings(_ configurations: [Configuration]) -> [String] {
    let settings = configurations.map { FlatSettings(of: $0) }
    let named: Set = [
      "data.dimension", "data.trueComponents", "data.samples", "data.variance", "data.dataSeed", "seed",
    ]
    let others = differing(settings).filter { !named.contains($0) }
    return zip(configurations, settings).map { configuration, flat in
      let data = configuration.data
      let start =
        "d=\(data.dimension) K=\(data.trueComponents) N=\(data.samples) variance=\(data.variance) "
        + "data seed \(data.dataSeed) seed \(configuration.seed)"
      return ([start] + others.compactMap { key in flat.values[key].map { "\(key)=\($0)" } }).joined(separator: " ")
    }
  }
}
