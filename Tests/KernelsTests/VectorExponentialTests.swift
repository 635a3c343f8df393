// SPDX-License-Identifier: MIT
import CKernels
import Foundation
import Kernels
import Testing

@Suite struct VectorExponentialTests {
  private func vector(_ x: [Double]) -> [Double] {
    var y = Array(repeating: Double.nan, count: x.count)
    vb_exp(x, &y, Int64(x.count))
    return y
  }

  @Test func `exp agrees with the mathematics library to 1e-15`() {
    let key = RandomKey(seed: 1)
    let wide = key.child("wide").uniforms(100_003).map { -708 + 1408 * $0 }
    let near = key.child("near").uniforms(100_003).map { 2 * $0 - 1 }
    // Halfway between multiples of ln 2 the reduced argument is largest.
    let halves: [Double] = (-1000...1000).map { (Double($0) + 0.5) * 0.6931471805599453 }
    for list in [wide, near, halves.filter { $0 > -708 && $0 < 700 }] {
      for (x, y) in zip(list, vector(list)) {
        let expected = exp(x)
        #expect(abs(y - expected) <= 1e-15 * expected, "exp(\(x)) = \(y)")
      }
    }
  }

  @Test func `special values`() {
    #expect(vector([0, -0.0]) == [1, 1])
    #expect(vector([-708.5, -1e4, -1e300, -.infinity]) == [0, 0, 0, 0])
    #expect(vector([-707.9])[0] > 0)
    #expect(vector([5e-324, -5e-324, 1e-17]) == [1, 1, 1])
  }

  @Test(arguments: [0, 1, 7, 8, 9, 23]) func `every length is served and nothing beyond it touched`(count: Int) {
    let x = (0..<count).map { -Double($0) / 3 }
    var y = Array(repeating: -1.0, count: count + 9)
    vb_exp(x, &y, Int64(count))
    for index in 0..<count { #expect(abs(y[index] - exp(x[index])) <= 1e-15 * exp(x[index])) }
    #expect(y[count...].allSatisfy { $0 == -1 })
  }
}
