// SPDX-License-Identifier: MIT

/// A file format in which a figure can be drawn.
public enum FigureFormat: String, Sendable, CaseIterable, Hashable {
  case svg, pdf, png
  /// LaTeX picture commands for a document that loads gnuplot's `gnuplot-lua-tikz` package.
  case tikz

  /// The extension of a drawn file.
  public var fileExtension: String { self == .tikz ? "tex" : rawValue }
}
