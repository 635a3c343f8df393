// SPDX-License-Identifier: MIT

/// Text with italic symbols and subscripts, rendered for gnuplot, LaTeX, HTML and plain text.
///
/// Markup: `*M*` is italic, `_{pt}` a subscript; a backslash takes the next character literally.
/// Everything else stands for itself.
public struct MarkedText: Sendable, Hashable, ExpressibleByStringInterpolation {
  enum Run: Sendable, Hashable {
    case plain(String), italic(String), sub(String)
  }
  let runs: [Run]

  /// Text with the markup above; a mark without its end stands for itself.
  public init(_ markup: String) { runs = Self.parse(Array(markup)) }

  public init(stringLiteral value: String) { self.init(value) }

  /// A string that is shown as it is, whatever it contains.
  public static func verbatim(_ text: String) -> MarkedText { MarkedText(runs: [.plain(text)]) }

  private init(runs: [Run]) { self.runs = runs }

  /// One text after the other.
  public static func + (first: MarkedText, second: MarkedText) -> MarkedText {
    MarkedText(runs: first.runs + second.runs)
  }

  private static func parse(_ markup: [Character]) -> [Run] {
    var runs: [Run] = []
    var plain = ""
    var position = 0
    func closing(_ mark: Character, after start: Int) -> Int? {
      markup[start...].firstIndex(of: mark)
    }
    func flush() {
      if !plain.isEmpty { runs.append(.plain(plain)) }
      plain = ""
    }
    while position < markup.count {
      let character = markup[position]
      if character == "\\", position + 1 < markup.count {
        plain.append(markup[position + 1])
        position += 2
      } else if character == "*", let end = closing("*", after: position + 1) {
        flush()
        runs.append(.italic(String(markup[(position + 1)..<end])))
        position = end + 1
      } else if character == "_", position + 1 < markup.count, markup[position + 1] == "{",
        let end = closing("}", after: position + 2)
      {
        flush()
        runs.append(.sub(String(markup[(position + 2)..<end])))
        position = end + 1
      } else {
        plain.append(character)
        position += 1
      }
    }
    flush()
    return runs
  }
}
