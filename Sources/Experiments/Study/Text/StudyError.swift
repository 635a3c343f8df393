// SPDX-License-Identifier: MIT

/// Bad input in a study, described in one line: file and line, key, value, what is wrong, what is allowed.
public struct StudyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where the value was written.
  public let location: StudyLocation
  /// The value as it was written, shortened; nil where the key itself is wrong.
  public let value: String?
  /// What is wrong with it, in a few words.
  public let problem: String
  /// The values that it may have; nil where that does not apply.
  public let allowed: String?

  init(_ location: StudyLocation, value: String? = nil, problem: String, allowed: String? = nil) {
    (self.location, self.value, self.problem, self.allowed) = (location, value, problem, allowed)
  }

  /// `FILE:LINE: KEY: 'VALUE' PROBLEM; allowed: ALLOWED`, without the parts that do not apply.
  public var description: String {
    var text = Self.oneLine(location.source, limit: 300)
    if let line = location.line { text += ":\(line)" }
    if !location.key.isEmpty { text += ": " + Self.oneLine(location.key, limit: 80) }
    text += ": "
    if let value { text += "'" + Self.oneLine(value, limit: 60) + "' " }
    text += problem
    if let allowed { text += "; allowed: " + allowed }
    return text
  }

  /// Control characters and line separators made visible, long text cut: an error stays on its line.
  static func oneLine(_ text: String, limit: Int) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else { return result + "..." }
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where isUnprintable(scalar): result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
      count += 1
    }
    return result
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    default: false
    }
  }
}
