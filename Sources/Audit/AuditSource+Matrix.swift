// SPDX-License-Identifier: MIT
internal import Files
public import Kernels
internal import Neighbors

extension AuditSource {
  /// Points of the laboratory.
  public init(matrix: Matrix, role: String, path: String) {
    let floats = matrix.values.map { Float($0) }
    self.init(
      role: role, path: path, points: PointSet(floats: floats, dimension: matrix.columns),
      doubles: DoublePoints(matrix),
      pictures: nil,
      description: "\(matrix.rows) points of \(matrix.columns) values",
      sha256: matrix.values.withUnsafeBytes { SHA256.hex([Array($0)]) })
  }
}
