// SPDX-License-Identifier: MIT
internal import Figures

/// A drawn figure inside a page, with its number and caption.
struct FigureHTML {
  let figure: GnuplotFigure
  let svg: String
  let number: Int

  var html: String {
    let name = figure.name
    let shape = figure.height > 11 ? " class=\"tall\"" : ""
    return "<figure id=\"figure-\(name)\"\(shape)>\n\(InlineSVG(svg, name: name, title: name).html)\n"
      + "<figcaption><b>Figure \(number).</b> \(figure.caption.html) "
      + "Data and script: figures/\(name).dat, .csv, .gp.</figcaption>\n</figure>"
  }

  /// Figures 1, 2, .. in the order given.
  static func all(_ figures: [(figure: GnuplotFigure, svg: String)]) -> String {
    figures.enumerated().map { FigureHTML(figure: $1.figure, svg: $1.svg, number: $0 + 1).html }
      .joined(separator: "\n\n")
  }
}
