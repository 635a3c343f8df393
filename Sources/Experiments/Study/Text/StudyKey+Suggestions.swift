// SPDX-License-Identifier: MIT

extension StudyKey {
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

  /// The error of a key that is not known.
  static func unknown(_ word: String, at location: StudyLocation) -> StudyError {
    let names = StudyKeys.all.map(\.name).joined(separator: ", ")
    return StudyError(location, problem: problem(ofUnknown: word), allowed: names)
  }

  private static func problem(ofUnknown word: String) -> String {
    if let long = StudyKeys.shortNames[word] { return "is unknown; did you mean '\(long)'?" }
    if let near = nearest(word, among: StudyKeys.all.map(\.name)) { return "is unknown; did you mean '\(near)'?" }
    return "is unknown"
  }
}
