// SPDX-License-Identifier: MIT

/// A value of a study as it was written: a tree whose every node knows its location.
struct StudyNode: Sendable {
  enum Content: Sendable {
    /// `plain` is false for quoted text, which is never a number.
    case scalar(String, plain: Bool)
    case list([StudyNode])
    case map([StudyEntry])
  }

  var content: Content
  var location: StudyLocation

  /// What an error message shows of this value.
  var text: String {
    switch content {
    case .scalar(let text, _): text
    case .list(let elements): elements.count > 8 ? "[\(elements.count) values]" : Self.joined(elements)
    case .map(let entries): "{" + entries.prefix(8).map(\.key).joined(separator: ": .., ") + ": ..}"
    }
  }

  private static func joined(_ elements: [StudyNode]) -> String {
    "["
      + elements.map { element in
        if case .scalar(let text, _) = element.content { text } else { ".." }
      }.joined(separator: ", ") + "]"
  }

  func refused(_ problem: String, allowed: String) -> StudyError {
    StudyError(location, value: text, problem: problem, allowed: allowed)
  }
}

/// A key of a map with its value; the value's location carries the key.
struct StudyEntry: Sendable {
  var key: String
  var value: StudyNode
}
