// SPDX-License-Identifier: MIT
import Reports
import Testing

@Suite struct MeanCurveTests {
  @Test func curvesAtDifferentCapacitiesAreAveragedWhereAllAreDefined() {
    let mean = MeanCurve([[(0, 0), (1, 1)], [(0, 0), (0.5, 1), (2, 1)]])
    #expect(mean.points.map(\.x) == [0, 0.5, 1])
    #expect(mean.points.map(\.mean) == [0, 0.75, 1])
    #expect(mean.points.map(\.lowest) == [0, 0.5, 1])
    #expect(mean.points.map(\.highest) == [0, 1, 1])
  }
}
