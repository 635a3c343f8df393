// SPDX-License-Identifier: MIT
internal import Figures

/// Pieces of an HTML page. Whatever is given as text is escaped.
enum HTMLText {
  static func escaped(_ text: String) -> String { MarkedText.escapedHTML(text) }

  static func paragraph(_ text: MarkedText) -> String { "<p>\(text.html)</p>" }

  static func table(_ head: [MarkedText], _ rows: [[String]], name: String = "") -> String {
    let cells = head.map { "<th scope=\"col\">\($0.html)</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>"
    }
    return "<div class=\"wide\"><table class=\"\(name)\">\n<thead><tr>\(cells)</tr></thead>\n<tbody>\n"
      + body.joined(separator: "\n") + "\n</tbody></table></div>"
  }

  /// A table of names and values.
  static func pairs(_ rows: [(name: String, value: String)]) -> String {
    let body = rows.map { "<tr><th scope=\"row\">\(escaped($0.name))</th><td>\(escaped($0.value))</td></tr>" }
    return "<div class=\"wide\"><table class=\"pairs\"><tbody>\n" + body.joined(separator: "\n")
      + "\n</tbody></table></div>"
  }
}
