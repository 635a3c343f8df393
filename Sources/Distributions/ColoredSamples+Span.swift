// SPDX-License-Identifier: MIT
internal import Kernels

extension ColoredSamples {
  /// The same samples in coordinates of the span of their templates: distances are kept, h w pixels become at most K.
  ///
  /// With an orthonormal basis b_1..b_r of the span, pixel l of template k is <T_k, b_l>, so that
  ///
  ///     |c (x) T_k - c' (x) T_k'|   does not change,
  ///
  /// and neither does any mixture of such samples: of a noised picture, the part outside the span is the same in
  /// every component's residual and never meets the posterior. r is the rank of the templates. Cost O(K^2 h w).
  public var inSpan: ColoredSamples {
    let basis = SingularBasis(columnsOf: templates.transposed).directions
    var coordinates = Matrix(rows: templates.rows, columns: max(basis.rows, 1))
    for k in 0..<templates.rows {
      for l in 0..<basis.rows { coordinates[k, l] = templates.vector(k).dot(basis.vector(l)) }
    }
    return ColoredSamples(templates: coordinates, labels: labels, colors: colors)
  }
}
