// SPDX-License-Identifier: MIT
import Kernels
import Statistics
import Testing

struct IsotonicTests {
  /// f_i = max over a <= i of min over b >= i of the weighted mean of a...b (Robertson, Wright, Dykstra 1988, 1.4.4).
  private func maxMin(_ values: [Double], _ weights: [Double]) -> [Double] {
    values.indices.map { i in
      (0...i).map { a in
        (i..<values.count).map { b in
          zip(values[a...b], weights[a...b]).reduce(0) { $0 + $1.0 * $1.1 } / weights[a...b].reduce(0, +)
        }.min() ?? .nan
      }.max() ?? .nan
    }
  }

  @Test("pooling equals the max-min formula on random curves with unequal weights")
  func bruteForce() {
    let key = RandomKey(seed: 31)
    for trial in 0..<200 {
      let count = 1 + trial % 13
      let values = key.child(trial).child("values").uniforms(count).map { ($0 * 5).rounded() / 5 }
      let weights = key.child(trial).child("weights").uniforms(count).map { 1 + $0 * 9 }
      let (fit, expected) = (Isotonic.fit(values, weights: weights), maxMin(values, weights))
      #expect(zip(fit, expected).allSatisfy { abs($0 - $1) < 1e-14 }, "\(values) \(weights)")
    }
  }

  @Test("a rising curve is left alone, a falling one becomes its weighted mean")
  func extremes() {
    #expect(Isotonic.fit([0, 0.25, 1], weights: [1, 2, 3]) == [0, 0.25, 1])
    #expect(Isotonic.fit([1, 0.5, 0], weights: [1, 2, 1]) == [0.5, 0.5, 0.5])
    #expect(Isotonic.fit([], weights: []) == [])
  }
}
