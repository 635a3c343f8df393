// SPDX-License-Identifier: MIT
internal import Files

/// How one value of a study is read, checked and written.
struct StudyForm<Value: Hashable & Sendable>: Sendable {
  /// The values that can stand, as errors name them.
  let allowed: String
  /// The value of a text, its range not yet checked.
  let parse: @Sendable (StudyNode) throws(StudyError) -> Value
  /// Why a value cannot stand; nil where it can.
  var problem: @Sendable (Value) -> StudyProblem? = { _ in nil }
  /// The YAML that is read as this value.
  let text: @Sendable (Value) -> String
  /// The field of a table.
  let cell: @Sendable (Value) -> CSVValue

  /// A value that can stand.
  func read(_ node: StudyNode) throws(StudyError) -> Value {
    let value = try parse(node)
    if let problem = problem(value) { throw node.refused(problem.text, allowed: problem.allowed) }
    return value
  }
}

/// Why a value of a key cannot stand.
struct StudyProblem {
  /// The field of a value that has several, such as `count` of a time grid.
  var field: String?
  /// The number or word that is wrong.
  let value: String
  let text: String
  let allowed: String
}

extension StudyForm where Value == Int {
  /// A whole number of a range.
  static func whole(_ range: ClosedRange<Int>) -> StudyForm {
    let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return StudyForm(
      allowed: allowed,
      parse: { node throws(StudyError) in
        guard let value = Int(try node.digits(allowed: allowed)) else {
          throw node.refused("is too large", allowed: allowed)
        }
        return value
      },
      problem: { value in
        guard !range.contains(value) else { return nil }
        let text = value < range.lowerBound ? "is too small" : "is too large"
        return StudyProblem(value: "\(value)", text: text, allowed: allowed)
      },
      text: { "\($0)" }, cell: { .integer($0) })
  }
}

extension StudyForm where Value == UInt64 {
  /// A seed: any 64-bit whole number from 0.
  static var seed: StudyForm {
    let allowed = "a whole number from 0 to \(UInt64.max)"
    return StudyForm(
      allowed: allowed,
      parse: { node throws(StudyError) in
        let text = try node.digits(allowed: allowed)
        guard let value = UInt64(text) else {
          throw node.refused(text.hasPrefix("-") ? "is too small" : "is too large", allowed: allowed)
        }
        return value
      },
      text: { "\($0)" }, cell: { .text("\($0)") })
  }
}

extension StudyForm where Value == Double {
  /// A finite number of a range, which `allowed` describes.
  static func number(_ range: ClosedRange<Double>, allowed: String) -> StudyForm {
    StudyForm(
      allowed: allowed,
      parse: { node throws(StudyError) in try node.number(allowed: allowed) },
      problem: { value in
        // NaN is in no range.
        range.contains(value) ? nil : StudyProblem(value: "\(value)", text: "is out of range", allowed: allowed)
      },
      text: { "\($0)" }, cell: { .number($0) })
  }

  /// A variance, a standard deviation, a scale or a radius.
  static var scale: StudyForm { number(StudyBounds.scale, allowed: "a number from 1e-8 to 1e8") }
  static var positive: StudyForm { number(StudyBounds.positive, allowed: "a number above 0") }
  static var nonnegative: StudyForm { number(0...Double.greatestFiniteMagnitude, allowed: "a number from 0") }

  /// A number above 0, at most 1, also as a fraction such as `1/3`, which no decimal can name.
  static var criterion: StudyForm {
    let allowed = "a number above 0, at most 1, or a fraction such as 1/3"
    let number = number(StudyBounds.criterion, allowed: allowed)
    return StudyForm(
      allowed: allowed,
      parse: { node throws(StudyError) in
        if case .scalar(let text, true) = node.content {
          let parts = text.split(separator: "/", omittingEmptySubsequences: false)
          if parts.count == 2, let numerator = Int(parts[0]), let denominator = Int(parts[1]) {
            guard numerator > 0, numerator <= denominator else {
              throw node.refused("is out of range", allowed: allowed)
            }
            return Double(numerator) / Double(denominator)
          }
        }
        return try number.parse(node)
      },
      problem: number.problem, text: number.text, cell: number.cell)
  }
}

extension StudyForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the words of an enumeration.
  static func word(except: Set<String> = []) -> StudyForm {
    let words = Value.allCases.map(\.rawValue).filter { !except.contains($0) }
    let allowed = words.joined(separator: ", ")
    return StudyForm(
      allowed: allowed,
      parse: { node throws(StudyError) in
        guard case .scalar(let text, _) = node.content, !except.contains(text), let value = Value(rawValue: text)
        else { throw node.notOne(of: words) }
        return value
      },
      problem: { value in
        words.contains(value.rawValue)
          ? nil : StudyProblem(value: value.rawValue, text: "is unknown", allowed: allowed)
      },
      text: { $0.rawValue }, cell: { .text($0.rawValue) })
  }
}

extension StudyForm where Value == Bool {
  static var flag: StudyForm {
    StudyForm(
      allowed: "true, false",
      parse: { node throws(StudyError) in
        switch node.content {
        case .scalar("true", true): return true
        case .scalar("false", true): return false
        default: throw node.refused("is neither true nor false", allowed: "true, false")
        }
      },
      text: { "\($0)" }, cell: { .text("\($0)") })
  }
}

extension StudyForm where Value == String {
  /// Text of one line; `accepts` and `allowed` say which.
  static func line(allowed: String, _ accepts: @escaping @Sendable (String) -> Bool) -> StudyForm {
    StudyForm(
      allowed: allowed,
      parse: { node throws(StudyError) in
        guard case .scalar(let text, _) = node.content else { throw node.refused("is not text", allowed: allowed) }
        return text
      },
      problem: { accepts($0) ? nil : StudyProblem(value: $0, text: "cannot be used", allowed: allowed) },
      text: quoted, cell: { .text($0) })
  }

  /// A double-quoted YAML scalar; what is unprintable is refused before it is written.
  @Sendable static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension StudyNode {
  func digits(allowed: String) throws(StudyError) -> String {
    guard case .scalar(let text, true) = content else { throw refused("is not a whole number", allowed: allowed) }
    let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    guard !unsigned.isEmpty, unsigned.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw refused("is not a whole number", allowed: allowed)
    }
    return text
  }

  /// A finite number.
  func number(allowed: String) throws(StudyError) -> Double {
    guard case .scalar(let text, true) = content, text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }),
      let value = Double(text)
    else { throw refused("is not a number", allowed: allowed) }
    guard value.isFinite else { throw refused("is too large for a number", allowed: allowed) }
    return value
  }

  /// The entries of a map whose keys are all among `known`.
  func fields(_ known: [String], what: String) throws(StudyError) -> [StudyEntry] {
    let allowed = known.joined(separator: ", ")
    guard case .map(let entries) = content else { throw refused("is not \(what)", allowed: "a map of " + allowed) }
    for entry in entries where !known.contains(entry.key) {
      throw StudyError(entry.value.location, problem: "is unknown" + Self.hint(entry.key, known), allowed: allowed)
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
