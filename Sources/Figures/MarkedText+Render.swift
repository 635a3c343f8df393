// SPDX-License-Identifier: MIT
internal import Files

extension MarkedText {
  /// Unicode text without markup.
  public var plain: String {
    runs.map {
      switch $0 {
      case .plain(let text), .italic(let text): text
      case .sub(let text): "_" + text
      }
    }.joined()
  }

  /// HTML; every character of the text is escaped.
  public var html: String {
    runs.map {
      switch $0 {
      case .plain(let text): Self.escapedHTML(text)
      case .italic(let text): "<i>\(Self.escapedHTML(text))</i>"
      case .sub(let text): "<sub>\(Self.escapedHTML(text))</sub>"
      }
    }.joined()
  }

  /// gnuplot's enhanced text, for every terminal but tikz.
  public var gnuplot: String {
    runs.map {
      switch $0 {
      case .plain(let text): Self.escapedGnuplot(text)
      case .italic(let text): "{/:Italic \(Self.escapedGnuplot(text))}"
      case .sub(let text): "_{\(Self.escapedGnuplot(text))}"
      }
    }.joined()
  }

  /// LaTeX text.
  public var latex: String {
    runs.map {
      switch $0 {
      case .plain(let text): Self.escapedLatex(text)
      case .italic(let text): "$\(Self.escapedLatex(text, mathematics: true))$"
      case .sub(let text): "$_{\\mathrm{\(Self.escapedLatex(text, mathematics: true))}}$"
      }
    }.joined()
  }

  /// Text for HTML content and attribute values: no markup, and no control characters but line breaks and tabs.
  ///
  /// By scalars: a quote with an accent behind it is one `Character`, and no quote, but it is one to a browser.
  public static func escapedHTML(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.properties.generalCategory == .control
        escaped += isControl ? PrintableText.line(String(scalar)) : String(scalar)
      }
    }
    return escaped
  }

  private static func escapedGnuplot(_ text: String) -> String {
    let special = "\\{}^_@&~".unicodeScalars
    return text.unicodeScalars.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func escapedLatex(_ text: String, mathematics: Bool = false) -> String {
    text.map { character in
      if let name = latexSymbols[character] { return mathematics ? "\(name) " : "$\(name)$" }
      return character.unicodeScalars.map(escapedLatex).joined()
    }.joined()
  }

  private static func escapedLatex(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": "\\textbackslash{}"
    case "~", "^": "\\\(scalar){}"
    case "#", "$", "%", "&", "_", "{", "}": "\\\(scalar)"
    case "\u{2013}": "--"
    default: String(scalar)
    }
  }

  private static let latexSymbols: [Character: String] = [
    "\u{3C3}": "\\sigma", "\u{3C8}": "\\psi", "\u{3BC}": "\\mu", "\u{3BB}": "\\lambda", "\u{3B1}": "\\alpha",
    "\u{2248}": "\\approx", "\u{2212}": "-", "\u{D7}": "\\times", "\u{B2}": "^2", "\u{2264}": "\\leq",
    "\u{2265}": "\\geq", "\u{B1}": "\\pm", "x\u{302}": "\\hat{x}",
  ]
}
