// SPDX-License-Identifier: MIT
import Statistics
import Testing

struct QuantilesTests {
  @Test("quantiles interpolate as numpy.percentile does by default")
  func numpy() {
    // numpy.percentile([7, 1, 4, 2, 10, 3], [10, 25, 50, 75, 90])
    let found = Quantiles(of: [7, 1, 4, 2, 10, 3])
    #expect(found.mean == 4.5)
    #expect([found.p10, found.p25, found.p50, found.p75, found.p90] == [1.5, 2.25, 3.5, 6.25, 8.5])
    #expect(Quantiles(of: [3]) == Quantiles(mean: 3, p10: 3, p25: 3, p50: 3, p75: 3, p90: 3))
  }

  @Test("a neighbour of weight 0 does not count, and medians halve")
  func ends() {
    #expect(Quantiles.quantile(0.5, ofSorted: [1, 2, .infinity]) == 2)
    #expect(Quantiles.quantile(0.75, ofSorted: [1, 2, .infinity]) == .infinity)
    #expect(Quantiles.median(ofSorted: [1, 2, 7]) == 2 && Quantiles.median(ofSorted: [1, 2, 7, 9]) == 4.5)
  }
}
