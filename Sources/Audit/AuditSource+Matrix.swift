// SPDX-License-Identifier: MIT
public import Kernels
internal import Neighbors
internal import Pictures

extension AuditSource {
  /// Points of the laboratory.
  public init(matrix: Matrix, role: String, path: String) {
    let floats = matrix.values.map { Float($0) }
    self.init(
      role: role, path: path, points: PointSet(floats: floats, dimension: matrix.columns),
      doubles: DoublePoints(matrix),
      pictures: nil,
      description: "\(matrix.rows) points of \(matrix.columns) values",
      sha256: matrix.values.withUnsafeBytes { PictureHash.hex([Array($0)]) })
  }
}
