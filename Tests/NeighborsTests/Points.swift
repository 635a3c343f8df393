// SPDX-License-Identifier: MIT
import CKernels
import Kernels
import Neighbors

/// Points of the tests.
enum Points {
  /// Levels of the kernels that this machine can run.
  static var levels: [Int32] { [0, 3, 4, 5, 6].filter { $0 <= vb_neighbor_level() } }

  static func bytes(_ count: Int, _ dimension: Int, seed: UInt64, values: Double = 256) -> [UInt8] {
    RandomKey(seed: seed).uniforms(count * dimension).map { UInt8($0 * values) }
  }

  static func floats(_ count: Int, _ dimension: Int, seed: UInt64, offset: Double = 0) -> [Float] {
    RandomKey(seed: seed).normalRows(count, dimension).values.map { Float($0 + offset) }
  }

  /// The bytes, or as floats times a scale.
  static func set(_ scalar: PointSet.Scalar, _ bytes: [UInt8], _ dimension: Int, scale: Float = 1) -> PointSet {
    scalar == .bytes
      ? PointSet(bytes: bytes, dimension: dimension)
      : PointSet(floats: bytes.map { Float($0) * scale }, dimension: dimension)
  }

  static func set(_ scalar: PointSet.Scalar, _ count: Int, _ dimension: Int, seed: UInt64) -> PointSet {
    scalar == .bytes
      ? PointSet(bytes: bytes(count, dimension, seed: seed), dimension: dimension)
      : PointSet(floats: floats(count, dimension, seed: seed), dimension: dimension)
  }
}
