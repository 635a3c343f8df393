// SPDX-License-Identifier: MIT

/// A file format in which a figure can be drawn.
public enum FigureFormat: String, Sendable, CaseIterable, Hashable {
  /// Scalable for pages and papers; scalable for papers; pixels.
  case svg, pdf, png
  /// LaTeX picture commands for a document that loads gnuplot's `gnuplot-lua-tikz` package.
  case tikz

  /// The extension of a drawn file.
  public var fileExtension: String { self == .tikz ? "tex" : rawValue }

  /// Whether a drawn file ends as files of the format do: one that was cut off does not.
  func isWhole(_ bytes: [UInt8]) -> Bool {
    let ending =
      switch self {
      case .svg: "</svg>"
      case .pdf: "%%EOF"
      case .png: "IEND"
      case .tikz: "\\end{tikzpicture}"
      }
    let (tail, word) = (Array(bytes.suffix(200)), Array(ending.utf8))
    return tail.indices.contains { tail[$0...].starts(with: word) }
  }
}
