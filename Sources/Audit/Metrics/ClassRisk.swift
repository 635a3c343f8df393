// SPDX-License-Identifier: MIT
internal import Files
internal import Statistics

/// How often samples that resemble a class of the training set recite it.
public struct ClassRisk: Sendable, Codable, Hashable {
  /// Name of the space, and of the class: its label where classes have no names.
  public let space, name: String
  /// Training items of the class, and how many of them are recited.
  public let items, recitedItems: Int
  /// Samples whose nearest training item is of the class, and how many of them are memorized.
  public let samples, memorized: Int
  /// memorized / samples, with its interval; nil where there are no samples.
  public let ratio, low, high: Double?

  /// One for each class of the training set, in the order of the labels.
  static func classes(
    _ audit: SpaceAudit, labels: [Int], names: [String]?
  ) -> [ClassRisk] {
    let recited = Set(audit.recited.map(\.train))
    return Set(labels).sorted().map { label in
      let samples = audit.samples.filter { labels[$0.nearest] == label }
      let memorized = samples.count(where: \.isCopy)
      let ratio =
        samples.isEmpty
        ? nil : Wilson.interval(successes: memorized, trials: samples.count, confidence: audit.settings.confidence)
      return ClassRisk(
        space: audit.name, name: PrintableText.line(names?[label] ?? String(label)),
        items: labels.count { $0 == label },
        recitedItems: recited.count { labels[$0] == label }, samples: samples.count, memorized: memorized,
        ratio: ratio?.value, low: ratio?.low, high: ratio?.high)
    }
  }
}
