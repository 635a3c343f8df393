// SPDX-License-Identifier: MIT
internal import Kernels

/// Which component a sample of a mixture comes from: shared by all mixtures.
enum ComponentLaw {
  /// Weights with sum 1; nil means equal ones.
  static func normalized(_ weights: [Double]?, count: Int) -> [Double] {
    let given = weights ?? Array(repeating: 1, count: count)
    precondition(given.count == count, "\(given.count) weights for \(count) components")
    let total = given.reduce(0, +)
    precondition(given.allSatisfy { $0 >= 0 } && total > 0 && total.isFinite, "weights \(given)")
    return given.map { $0 / total }
  }

  /// The components of `count` samples; the i-th depends on the key and i alone.
  static func labels(_ count: Int, weights: [Double], key: RandomKey) -> [Int] {
    (0..<count).map { component(at: key.child($0).uniforms(1)[0], weights: weights) }
  }

  /// The component whose interval of cumulative weight holds `point` in [0, 1).
  private static func component(at point: Double, weights: [Double]) -> Int {
    var (cumulative, last) = (0.0, 0)
    for (index, weight) in weights.enumerated() where weight > 0 {
      cumulative += weight
      last = index
      if point < cumulative { break }
    }
    // Rounding may leave the sum of the weights a few ulps below 1: the rest belongs to the last component.
    return last
  }
}
