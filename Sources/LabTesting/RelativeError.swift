// SPDX-License-Identifier: MIT
public import Kernels

/// Norm-wise errors max|a - b| / max|b|, the measure of every tolerance against golden values.
public enum RelativeError {
  /// One error for a whole list. NaN where both lists have NaN agrees; any other NaN, and lists of unequal
  /// length, are infinitely wrong. An expected list of zeros is compared absolutely.
  public static func of(_ actual: some Collection<Double>, _ expected: some Collection<Double>) -> Double {
    guard actual.count == expected.count else { return .infinity }
    var (difference, scale) = (0.0, 0.0)
    for (a, b) in zip(actual, expected) {
      if a.isNaN && b.isNaN { continue }
      if a == b { scale = max(scale, abs(b)); continue }
      guard a.isFinite, b.isFinite else { return .infinity }
      difference = max(difference, abs(a - b))
      scale = max(scale, abs(b))
    }
    return scale > 0 ? difference / scale : difference
  }

  public static func of(_ actual: Double, _ expected: Double) -> Double { of([actual], [expected]) }

  /// One error per row; matrices of unequal shape are infinitely wrong.
  public static func rows(_ actual: Matrix, _ expected: Matrix) -> [Double] {
    guard actual.rows == expected.rows, actual.columns == expected.columns else {
      return Array(repeating: .infinity, count: max(expected.rows, 1))
    }
    return (0..<expected.rows).map { of(actual.row($0), expected.row($0)) }
  }

  /// The largest error of a row.
  public static func worstRow(_ actual: Matrix, _ expected: Matrix) -> Double { rows(actual, expected).max() ?? 0 }
}
