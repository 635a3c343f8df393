// SPDX-License-Identifier: MIT
internal import Foundation
internal import Memorization

/// The local intrinsic dimension of the training set by maximum likelihood, and the null of the ratio it implies.
///
/// Levina and Bickel (2004) with the averages of inverses of MacKay and Ghahramani (2005): with T_j the distance of a
/// training point to its j-th nearest other one and k of them,
///
///     1 / m_i = (1 / (k - 1)) sum_{j < k} ln(T_k / T_j),   1 / m = mean of 1 / m_i
///
/// In dimension m the ball of radius r holds a share r^m of the points within 1, so that P(d1 < c d2) = c^m: the null of
/// the memorization ratio, 3^-m for the criterion 1/3. The interval is that of the mean of 1 / m_i, as if training
/// points were independent.
struct IntrinsicDimension {
  let value, low, high: Double
  let n: Int
  /// k.
  static let neighbors = 20

  /// `rows`: ascending distances of training points to their nearest other ones. nil with fewer than ten rows of use.
  init?(_ rows: [[Double]], confidence: Double) {
    let inverses = rows.compactMap { row -> Double? in
      // Copies of a training point say nothing of the dimension.
      let positive = row.prefix(Self.neighbors).filter { $0 > 0 }
      guard positive.count >= 3, let last = positive.last, positive[0] < last else { return nil }
      return positive.dropLast().reduce(0) { $0 + log(last / $1) } / Double(positive.count - 1)
    }
    guard inverses.count >= 10 else { return nil }
    let mean = inverses.reduce(0, +) / Double(inverses.count)
    let variance = inverses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(inverses.count - 1)
    let half = NormalQuantile.value(0.5 + confidence / 2) * (variance / Double(inverses.count)).squareRoot()
    (value, n) = (1 / mean, inverses.count)
    (low, high) = (1 / (mean + half), half < mean ? 1 / (mean - half) : .infinity)
  }

  /// c^m, with the interval of m.
  func null(criterion: Double) -> MetricNull {
    MetricNull(
      kind: "\(criterion == 1.0 / 3 ? "3^-m" : "criterion^m"), m = \(String(format: "%.1f", value))",
      value: pow(criterion, value), low: pow(criterion, high), high: pow(criterion, low), n: nil)
  }
}
