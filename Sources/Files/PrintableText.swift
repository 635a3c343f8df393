// SPDX-License-Identifier: MIT

/// Text from outside (names of files, words of a table) made fit to be shown: on one line, and no command to a terminal.
public enum PrintableText {
  /// The text with control, format and line-separating characters as their numbers: `\u{1b}`.
  public static func line(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.map { isHidden($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
  }

  /// The same of several lines, as one.
  public static func oneLine(_ text: String) -> String {
    line(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  /// The beginning of a text on one line, for an error that quotes it: at most 60 characters.
  public static func quotation(_ text: String) -> String {
    let start = line(String(text.prefix(61)))
    return start.count > 60 ? start.prefix(58) + ".." : start
  }

  /// The same of bytes that may not be UTF-8, such as a file's name: what is none stands as its number, `\x{e9}`.
  public static func line(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return line(text) }
    var (text, start) = ("", 0)
    while start < bytes.count {
      let end = min(start + length(bytes[start]), bytes.count)
      if let scalar = String(validating: bytes[start..<end], as: UTF8.self) {
        (text, start) = (text + line(scalar), end)
      } else {
        (text, start) = (text + "\\x{\(String(bytes[start], radix: 16))}", start + 1)
      }
    }
    return text
  }

  /// Bytes of a scalar by its first.
  private static func length(_ first: UInt8) -> Int { first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
