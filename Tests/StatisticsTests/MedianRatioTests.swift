// SPDX-License-Identifier: MIT
import Kernels
import Statistics
import Testing

@Suite struct MedianRatioTests {
  @Test func `the interval covers the true ratio as often as it says`() throws {
    var covered = 0
    for trial in 0..<200 {
      let key = RandomKey(seed: 8).child(trial)
      let (a, b) = (key.child("a").uniforms(101).map { 1 + $0 }, key.child("b").uniforms(100).map { 2 + 2 * $0 })
      let ratio = try #require(
        MedianRatio(a, b, bootstraps: 400, confidence: 0.9, key: key.child("bootstrap")))
      #expect(ratio.low <= ratio.value && ratio.value <= ratio.high)
      let median = Quantiles.median(ofSorted: a.sorted()) / Quantiles.median(ofSorted: b.sorted())
      #expect(ratio.value == median)
      covered += ratio.low <= 0.5 && 0.5 <= ratio.high ? 1 : 0
    }
    // Binomial(200, 0.9) lies within 158 and 197 with probability 1 - 1e-5.
    #expect((158...197).contains(covered), "\(covered) of 200")
  }

  @Test func `a median of zero has no ratio`() {
    #expect(MedianRatio([1, 2], [0, 0, 1], bootstraps: 10, confidence: 0.9, key: RandomKey(seed: 1)) == nil)
  }
}
