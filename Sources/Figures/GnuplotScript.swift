// SPDX-License-Identifier: MIT

/// The gnuplot script of a figure: it reads `<name>.dat` beside it and writes `<name>.<format>`.
public struct GnuplotScript: Sendable {
  let figure: GnuplotFigure

  /// The script that draws `figure`.
  public init(_ figure: GnuplotFigure) { self.figure = figure }

  /// The whole script; the same figure gives the same bytes.
  public var text: String {
    var lines = header + terminals + style
    if figure.panels.count > 1 { lines += ["", "set multiplot"] }
    lines += [""] + Legend(figure).lines
    for index in figure.panels.indices { lines += [""] + panel(index) }
    if figure.panels.count > 1 { lines += ["", "unset multiplot"] }
    return lines.joined(separator: "\n") + "\n"
  }

  private var header: [String] {
    var lines = ["# \(figure.name):"]
    for word in figure.caption.plain.split(whereSeparator: \.isWhitespace) {
      if lines[lines.count - 1].count + word.count > 110 { lines.append("#  ") }
      lines[lines.count - 1] += " " + word
    }
    return lines + [
      "#", "# Draw again in this folder:  gnuplot \(figure.name).gp",
      "# another format:              gnuplot -e \"format='pdf'\" \(figure.name).gp   (svg, pdf, png, tikz)", "",
    ]
  }

  /// 10.5 points everywhere; what differs are the units of the terminals (pdfcairo takes three quarters of its size).
  private var terminals: [String] {
    let (name, width, height) = (figure.name, figure.width, figure.height)
    func pixels(_ centimetres: Double, _ perInch: Double) -> Int { Int((centimetres / 2.54 * perInch).rounded()) }
    return [
      "if (!exists('format')) format = 'svg'", "tex = (format eq 'tikz')",
      "T(words, latex) = tex ? latex : words",
      "if (format eq 'svg') set terminal svg size \(pixels(width, 96)),\(pixels(height, 96)) enhanced \\",
      "  font 'STIX,14' background 'white' linewidth 1.2 dashlength 0.8",
      "if (format eq 'pdf') set terminal pdfcairo size \(width)cm,\(height)cm enhanced \\",
      "  font 'STIX,10.5' fontscale 0.75 linewidth 1.6 dashlength 1.4",
      "if (format eq 'png') set terminal pngcairo size \(pixels(width, 240)),\(pixels(height, 240)) enhanced \\",
      "  font 'STIX,10.5' fontscale 2.5 linewidth 2.8 pointscale 2.6 dashlength 1.4 background 'white'",
      "if (tex) set terminal tikz size \(width)cm,\(height)cm linewidth 1.2 dashlength 0.8",
      "set output '\(name).' . (tex ? 'tex' : format)",
      "# STIX has tall lines: numbers and names are moved nearer to their axis",
      "tall = tex ? 0.3 : 1",
      "# points of one size are larger in svg", "mark = format eq 'svg' ? 0.75 : 1",
    ]
  }

  private var style: [String] {
    [
      "", "set encoding utf8", "set border 3 lw 0.7 lc rgb '#333333'", "set tics out nomirror scale 0.6",
      "unset key",
    ]
  }

  /// A string literal that differs for LaTeX.
  static func literal(_ text: MarkedText) -> String {
    let (words, latex) = (quoted(text.gnuplot), quoted(text.latex))
    return words == latex ? words : "T(\(words), \(latex))"
  }

  /// A gnuplot string in single quotes: nothing but the quote itself is special inside.
  static func quoted(_ text: String) -> String {
    // By scalars: a quote with an accent behind it is one Character, and still ends the string.
    let inside = text.unicodeScalars.map { scalar in
      scalar == "'" ? "''" : scalar.properties.generalCategory == .control ? " " : String(scalar)
    }
    return "'" + inside.joined() + "'"
  }
}
