// SPDX-License-Identifier: MIT

/// The keys of a study file, in the order in which a resolved study is written.
///
/// Each is described in Documentation/Studies.md; a test compares the two.
public enum StudyKey: String, Sendable, CaseIterable {
  case name, title
  case images, dimension, trueComponents, samples, variance, componentRatio, duplicates, dataSeed, heldOutSamples
  case components, refinement
  case initialization, process, times
  case preset, steps, draws, prediction, weight, kernel, peakRate, seed
  case sampler, samplingTimes, evaluationSamples, criterion, losses
  case maximumRuns

  /// The short names the command line knows; d, K, N and M are the paper's letters.
  public static let aliases: [String: StudyKey] = [
    "d": .dimension, "K": .trueComponents, "N": .samples, "M": .components, "seeds": .seed,
  ]

  /// The known word nearest to an unknown one, if it is near enough to be a slip.
  static func nearest(_ word: String, among known: [String]) -> String? {
    let scored = known.map { (word: $0, distance: editDistance(word.lowercased(), $0.lowercased())) }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, min(word.count, best.word.count) / 3) ? best.word : nil
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
  static func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.prefix(64)), Array(b.prefix(64)))
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }

  /// What to tell someone who wrote an unknown key.
  static func unknown(_ word: String) -> String {
    if let long = aliases[word] { return "is unknown; did you mean '\(long.rawValue)'?" }
    if let near = nearest(word, among: allCases.map(\.rawValue)) { return "is unknown; did you mean '\(near)'?" }
    return "is unknown"
  }
}
