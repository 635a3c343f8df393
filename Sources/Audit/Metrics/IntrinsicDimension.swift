// SPDX-License-Identifier: MIT
internal import Foundation
internal import Statistics

/// The local intrinsic dimension of the training set by maximum likelihood, and the null of the ratio it implies.
///
/// Levina and Bickel (2004) with the averages of inverses of MacKay and Ghahramani (2005): with T_j the distance of a
/// training point to its j-th nearest other one and k of them,
///
///     1 / m_i = (1 / (k - 1)) sum_{j < k} ln(T_k / T_j) = (1 / (k - 1)) sum_{j < k} j ln(T_{j+1} / T_j),   1 / m = mean of 1 / m_i
///
/// The second form is a mean of independent numbers of mean 1 / m (Renyi); those up to a gap (`CopyGap`) are left out: near-copies
/// of a training point say nothing of the dimension. In dimension m the ball of radius r holds a share r^m of the points within
/// 1, so that P(d1 < c d2) = c^m: the null of the memorization ratio, 3^-m for the criterion 1/3. The interval is that of the mean of 1 / m_i, as if training
/// points were independent.
struct IntrinsicDimension {
  let value, low, high: Double
  let n: Int
  /// k.
  static let neighbors = 20

  /// `rows`: ascending distances of training points to their nearest other ones. nil with fewer than ten rows of use.
  init?(_ rows: [[Double]], settings: AuditSettings) {
    let inverses = rows.compactMap { Self.inverse($0, settings) }
    let confidence = settings.confidence
    guard inverses.count >= 10 else { return nil }
    let mean = inverses.mean
    let variance = inverses.squares(around: mean) / Double(inverses.count - 1)
    let half = Normal.quantile(0.5 + confidence / 2) * (variance / Double(inverses.count)).squareRoot()
    (value, n) = (1 / mean, inverses.count)
    (low, high) = (1 / (mean + half), half < mean ? 1 / (mean - half) : .infinity)
  }

  /// 1 / m_i of one row; nil with fewer than three distances beyond its near-copies.
  private static func inverse(_ row: [Double], _ settings: AuditSettings) -> Double? {
    guard row.count >= 2 else { return nil }
    let gap = CopyGap(row, most: settings.mostCopies)
    let first = gap.ratio < settings.criterion ? gap.copies + 1 : 1
    let last = min(row.count, neighbors + first - 1)
    guard last - first >= 2, row[first - 1] > 0, row[last - 1] > row[first - 1] else { return nil }
    let sum = (first..<last).reduce(0.0) { $0 + Double($1) * log(row[$1] / row[$1 - 1]) }
    return sum / Double(last - first)
  }

  /// c^m, or c^m / (1 - c^m) with duplicates taken into account, with the interval of m. Real sources repeat themselves and
  /// have more near neighbours than smooth densities: the upper end is at least that of the share of training points that
  /// pass the same test against the others.
  func null(_ settings: AuditSettings, aware: Bool, background: Double) -> MetricNull {
    func share(_ m: Double) -> Double {
      let power = pow(settings.criterion, m)
      return aware ? min(1, power / (1 - power)) : power
    }
    return MetricNull(
      kind: "\(settings.criterion == 1.0 / 3 ? "3^-m" : "criterion^m"), m = \(String(format: "%.1f", value))",
      value: share(value), low: high.isFinite ? share(high) : 0, high: max(share(low), background), n: nil)
  }
}
