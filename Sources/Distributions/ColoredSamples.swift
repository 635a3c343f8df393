// SPDX-License-Identifier: MIT
public import Kernels

/// Images that are a grey template times a colour: x^i = c^i (x) T_{k(i)}, laid out channel by channel.
public struct ColoredSamples: Sendable, Equatable {
  /// The templates that the samples share, T_1..T_K, shape (K, h w).
  public let templates: Matrix
  /// k(i), the template of each sample.
  public let labels: [Int]
  /// c^i, shape (n, C).
  public let colors: Matrix

  /// n.
  public var count: Int { labels.count }
  /// C, the channels of a colour.
  public var channelCount: Int { colors.columns }
  /// h w, the pixels of a template.
  public var pixelCount: Int { templates.columns }
  /// d = C h w.
  public var dimension: Int { channelCount * pixelCount }

  /// `labels` are rows of `templates`, one for each row of `colors`; others stop the program.
  public init(templates: Matrix, labels: [Int], colors: Matrix) {
    precondition(labels.count == colors.rows, "\(labels.count) labels, \(colors.rows) colours")
    precondition(
      labels.allSatisfy { (0..<templates.rows).contains($0) }, "labels \(labels) of \(templates.rows) templates")
    (self.templates, self.labels, self.colors) = (templates, labels, colors)
  }

  /// The images themselves, shape (n, C h w): coordinate c h w + p is c^i_c times pixel p.
  public var points: Matrix { templates.gathering(labels).painted(colors) }

  /// The named samples, in the order given.
  public func gathering(_ indices: some Sequence<Int>) -> ColoredSamples {
    let indices = Array(indices)
    return ColoredSamples(
      templates: templates, labels: indices.map { labels[$0] }, colors: colors.gathering(indices))
  }
}

extension Matrix {
  /// Row i times each of the colours of row i: (n, p) and (n, C) give (n, C p).
  public func painted(_ colors: Matrix) -> Matrix {
    precondition(colors.rows == rows, "\(rows) templates, \(colors.rows) colours")
    var values: [Double] = []
    values.reserveCapacity(rows * columns * colors.columns)
    for index in 0..<rows {
      for color in colors.row(index) { values.append(contentsOf: row(index).map { color * $0 }) }
    }
    return Matrix(rows: rows, columns: columns * colors.columns, values: values)
  }
}
