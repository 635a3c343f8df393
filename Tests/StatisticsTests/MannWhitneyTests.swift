// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct MannWhitneyTests {
  @Test func `U counts pairs, ties half`() {
    let (a, b) = ([3.0, 1, 2, 2, 7, 7], [2.0, 2, 0, 7, 9])
    var pairs = 0.0
    for x in a {
      for y in b {
        if x > y { pairs += 1 } else if x == y { pairs += 0.5 }
      }
    }
    #expect(MannWhitney.pairs(a, b) == pairs)
    #expect(abs(MannWhitney.z(a, b) - (pairs - 15) / 30.0.squareRoot()) < 1e-12)
    #expect(MannWhitney.z([1, 2], [3, 4]) < 0 && MannWhitney.z([3, 4], [1, 2]) > 0)
  }
}
