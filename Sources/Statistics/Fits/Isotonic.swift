// SPDX-License-Identifier: MIT

/// Weighted isotonic regression.
package enum Isotonic {
  /// The non-decreasing sequence f that minimizes `sum_i w_i (y_i - f_i)^2`; weights positive. Cost O(n).
  ///
  /// Pool adjacent violators: Ayer et al., *Ann. Math. Statist.* 26 (1955) 641.
  package static func fit(_ values: [Double], weights: [Double]) -> [Double] {
    precondition(values.count == weights.count, "\(values.count) values, \(weights.count) weights")
    var pools: [(sum: Double, weight: Double, count: Int)] = []
    pools.reserveCapacity(values.count)
    for (value, weight) in zip(values, weights) {
      var pool = (sum: value * weight, weight: weight, count: 1)
      while let last = pools.last, last.sum / last.weight >= pool.sum / pool.weight {
        pool = (last.sum + pool.sum, last.weight + pool.weight, last.count + pool.count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    return pools.flatMap { Array(repeating: $0.sum / $0.weight, count: $0.count) }
  }
}
