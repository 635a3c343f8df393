// SPDX-License-Identifier: MIT
import Reports
import Testing

@Suite struct SeedSpreadTests {
  @Test func threeSeedsHaveStudentsInterval() throws {
    // sd of 0.78, 0.80, 0.82 is 0.02; t_{0.975, 2} = 4.303; half width 4.303 * 0.02 / sqrt 3 = 0.04969.
    let spread = try #require(SeedSpread([0.78, 0.80, 0.82]))
    #expect(abs(spread.mean - 0.8) < 1e-12)
    #expect(abs(try #require(spread.standardDeviation) - 0.02) < 1e-12)
    #expect(abs(try #require(spread.low) - 0.75031) < 1e-4)
    #expect(abs(try #require(spread.high) - 0.84969) < 1e-4)
  }

  @Test func oneSeedHasNoSpreadAndNoneHasNoMean() {
    #expect(SeedSpread([0.8])?.standardDeviation == nil)
    #expect(SeedSpread([]) == nil)
  }

  // Reference values: tables of Student's distribution, e.g. Abramowitz and Stegun, table 26.10.
  @Test(arguments: [(1, 12.706), (10, 2.228), (30, 2.042), (40, 2.021), (60, 2.000), (120, 1.980)])
  func quantilesAgreeWithTables(degreesOfFreedom: Int, value: Double) {
    #expect(abs(SeedSpread.quantile(degreesOfFreedom: degreesOfFreedom) - value) < 1e-3)
  }

  @Test func curvesAtDifferentCapacitiesAreAveragedWhereAllAreDefined() {
    let mean = MeanCurve([[(0, 0), (1, 1)], [(0, 0), (0.5, 1), (2, 1)]])
    #expect(mean.points.map(\.x) == [0, 0.5, 1])
    #expect(mean.points.map(\.mean) == [0, 0.75, 1])
    #expect(mean.points.map(\.lowest) == [0, 0.5, 1])
    #expect(mean.points.map(\.highest) == [0, 1, 1])
  }
}
