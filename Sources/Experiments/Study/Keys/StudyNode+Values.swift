// SPDX-License-Identifier: MIT

extension StudyNode {
  /// One whole number or a list of them.
  func integers(_ range: ClosedRange<Int>) throws(StudyError) -> [StudyMarked<Int>] {
    try axis { node throws(StudyError) in try node.integer(range) }
  }

  /// A scalar, or each element of a non-empty list without repeats: the values of a grid axis.
  func axis<Value: Hashable>(
    _ read: (StudyNode) throws(StudyError) -> StudyMarked<Value>
  ) throws(StudyError) -> [StudyMarked<Value>] {
    guard case .list(let elements) = content else { return [try read(self)] }
    guard !elements.isEmpty else { throw refused("is empty", allowed: "one value or a list of values") }
    var values: [StudyMarked<Value>] = []
    var seen: Set<Value> = []
    for element in elements {
      let value = try read(element)
      guard seen.insert(value.value).inserted else {
        throw element.refused("appears twice", allowed: "each value once")
      }
      values.append(value)
    }
    return values
  }

  /// A whole number in `range`.
  func integer(_ range: ClosedRange<Int>) throws(StudyError) -> StudyMarked<Int> {
    let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    let text = try digits(allowed: allowed)
    guard let value = Int(text) else { throw refused("is too large", allowed: allowed) }
    guard value >= range.lowerBound else { throw refused("is too small", allowed: allowed) }
    guard value <= range.upperBound else { throw refused("is too large", allowed: allowed) }
    return marked(value)
  }

  /// A seed: any 64-bit whole number from 0.
  func seed() throws(StudyError) -> StudyMarked<UInt64> {
    let allowed = "a whole number from 0 to \(UInt64.max)"
    let text = try digits(allowed: allowed)
    guard let value = UInt64(text) else {
      throw refused(text.hasPrefix("-") ? "is too small" : "is too large", allowed: allowed)
    }
    return marked(value)
  }

  private func digits(allowed: String) throws(StudyError) -> String {
    guard case .scalar(let text, true) = content else { throw refused("is not a whole number", allowed: allowed) }
    let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    guard !unsigned.isEmpty, unsigned.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw refused("is not a whole number", allowed: allowed)
    }
    return text
  }

  /// A finite number that satisfies `accepts`, which `allowed` describes.
  func number(allowed: String, _ accepts: (Double) -> Bool) throws(StudyError) -> StudyMarked<Double> {
    guard case .scalar(let text, true) = content, text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }),
      let value = Double(text)
    else { throw refused("is not a number", allowed: allowed) }
    guard value.isFinite else { throw refused("is too large for a number", allowed: allowed) }
    guard accepts(value) else { throw refused("is out of range", allowed: allowed) }
    return marked(value)
  }

  /// One of the words of an enumeration.
  func word<Value: RawRepresentable & CaseIterable & Sendable>(
    _ type: Value.Type, except: Set<String> = []
  ) throws(StudyError) -> StudyMarked<Value> where Value.RawValue == String {
    let words = type.allCases.map(\.rawValue).filter { !except.contains($0) }
    guard case .scalar(let text, _) = content, !except.contains(text), let value = Value(rawValue: text) else {
      throw notOne(of: words)
    }
    return marked(value)
  }

  func bool() throws(StudyError) -> StudyMarked<Bool> {
    switch content {
    case .scalar("true", true): return marked(true)
    case .scalar("false", true): return marked(false)
    default: throw refused("is neither true nor false", allowed: "true, false")
    }
  }

  /// Text of one line; `accepts` and `allowed` say which.
  func line(allowed: String, _ accepts: (String) -> Bool) throws(StudyError) -> StudyMarked<String> {
    guard case .scalar(let text, _) = content else { throw refused("is not text", allowed: allowed) }
    guard accepts(text) else { throw refused("cannot be used", allowed: allowed) }
    return marked(text)
  }

  /// The entries of a map whose keys are all among `known`.
  func fields(_ known: [String], what: String) throws(StudyError) -> [StudyEntry] {
    let allowed = known.joined(separator: ", ")
    guard case .map(let entries) = content else { throw refused("is not \(what)", allowed: "a map of " + allowed) }
    for entry in entries where !known.contains(entry.key) {
      throw StudyError(entry.value.place, problem: "is unknown" + Self.hint(entry.key, known), allowed: allowed)
    }
    return entries
  }

  /// The error of a word that is none of the known ones, with the nearest as a suggestion.
  func notOne(of words: [String], or more: String = "") -> StudyError {
    let written = if case .scalar(let text, _) = content { text } else { "" }
    return refused("is unknown" + Self.hint(written, words), allowed: words.joined(separator: ", ") + more)
  }

  private static func hint(_ word: String, _ known: [String]) -> String {
    StudyKey.nearest(word, among: known).map { " (did you mean '\($0)'?)" } ?? ""
  }
}
