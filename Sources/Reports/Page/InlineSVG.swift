// SPDX-License-Identifier: MIT
internal import Figures
internal import Foundation

/// A drawn SVG made fit to stand inside an HTML page beside others.
struct InlineSVG {
  let html: String

  /// Gives its identifiers the figure's name as a prefix (identifiers are shared by a page), replaces gnuplot's
  /// title by the figure's, and drops the XML prologue and namespaces, which HTML does not need.
  init(_ svg: String, name: String, title: String) {
    var text = svg
    if let start = text.range(of: "<svg") { text = String(text[start.lowerBound...]) }
    text = text.replacing(#/ xmlns(:xlink)?="[^"]*"/#, with: "").replacing("xlink:href", with: "href")
    text = text.replacing(#/(?<key>\sid=|\shref=)(?<quote>['"])(?<hash>#?)(?<id>[^'"]+)['"]/#) { match in
      "\(match.output.key)\(match.output.quote)\(match.output.hash)\(name)-\(match.output.id)\(match.output.quote)"
    }
    text = text.replacing("url(#", with: "url(#\(name)-")
    text = text.replacing(#/<title>[^<]*</title>/#, with: "<title>\(HTMLText.escaped(title))</title>")
    text = text.replacing(#/<desc>[^<]*</desc>/#, with: "")
    html = text.replacing(#/<svg\s+width="(?<width>\d+)" height="\d+"/#, maxReplacements: 1) { match in
      "<svg role=\"img\" style=\"max-width:\(match.output.width)px\""
    }
  }
}
