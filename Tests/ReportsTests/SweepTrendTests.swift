// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Memorization
import Reports
import Testing

@Suite struct SweepTrendTests {
  private func points(
    slope: Double, deviation: Double, excess: Double, key: RandomKey
  ) -> [(covariates: [Double], value: Double, deviation: Double)] {
    var points: [(covariates: [Double], value: Double, deviation: Double)] = []
    for n in [50.0, 100, 150, 200] {
      for d in [30.0, 40, 50, 60] {
        for k in [3.0, 6, 9, 12] {
          let noise = key.child(points.count).normals(2)
          let value = 0.78 + slope * (d - 45) + deviation * noise[0] + excess * noise[1]
          points.append(([d, k, n], value, deviation))
        }
      }
    }
    return points
  }

  @Test func anExactPlaneIsFound() throws {
    let trend = try #require(SweepTrend(points(slope: 4e-4, deviation: 0, excess: 0, key: RandomKey(seed: 1))))
    #expect(trend.slopes.map(\.name) == ["d", "K", "N"])
    #expect(abs(trend.slopes[0].value - 4e-4) < 1e-15 && abs(trend.slopes[1].value) < 1e-15)
    #expect(abs(trend.centre - 0.78) < 1e-14)
  }

  /// 300 sweeps of noise with a spread that the intervals leave out: slope over standard error has variance one within
  /// 5.0 standard deviations of a chi^2 of 300 (false alarm 1e-6), and the spread is found.
  @Test func standardErrorsHoldTheSpreadBetweenTuples() throws {
    var (squares, excess) = (0.0, 0.0)
    for replicate in 0..<300 {
      let noise = points(slope: 4e-4, deviation: 0.005, excess: 0.01, key: RandomKey(seed: 2).child(replicate))
      let trend = try #require(SweepTrend(noise))
      let slope = trend.slopes[0]
      squares += pow((slope.value - 4e-4) / slope.standardError, 2) / 300
      excess += trend.excess / 300
    }
    #expect(abs(squares - 1) < 5 * (2.0 / 300).squareRoot(), "mean square \(squares)")
    #expect(abs(excess - 0.01) < 0.001, "excess \(excess)")
  }

  /// Tuples of equal K and N share their luck: taken as independent, a slope over K would look four times too sure.
  @Test func luckSharedByTheTuplesOfACellIsInTheStandardErrors() throws {
    var squares = 0.0
    for replicate in 0..<300 {
      let key = RandomKey(seed: 4).child(replicate)
      let shared = points(slope: 0, deviation: 0.001, excess: 0, key: key.child("own")).map { point in
        let cell = key.child(Int(point.covariates[1])).child(Int(point.covariates[2])).normals(1)[0]
        return (covariates: point.covariates, value: point.value + 0.01 * cell, deviation: point.deviation)
      }
      let trend = try #require(SweepTrend(shared))
      #expect(trend.clusters == 16)
      squares += pow(trend.slopes[1].value / trend.slopes[1].standardError, 2) / 300
    }
    // Independent errors would give 4; with 16 cells the robust ones are known to be a little small.
    #expect((0.7...1.7).contains(squares), "mean square \(squares)")
  }

  @Test func whatDoesNotVaryOrIsCollinearHasNoSlope() {
    let varying = points(slope: 1e-3, deviation: 0.001, excess: 0, key: RandomKey(seed: 3))
    let oneDimension = varying.filter { $0.covariates[0] == 30 }
    #expect(SweepTrend(oneDimension)?.slopes.map(\.name) == ["K", "N"])
    #expect(SweepTrend(Array(varying.prefix(1))) == nil)
    let collinear = (1...6).map { index in
      (covariates: [Double(index), Double(2 * index), 50], value: 0.8, deviation: 0.01)
    }
    #expect(SweepTrend(collinear) == nil)
  }

  @Test func anAssumptionThatFailsIsFlagged() {
    func row(_ k: Int, _ d: Int, _ n: Int) -> SweepRow {
      SweepRow(
        dimension: d, trueComponents: k, samples: n, halves: [Crossing(value: 0.8, low: 0.79, high: 0.81)])
    }
    // 3 (1 + log 30) log 3 = 14.5; 12 (1 + log 60) log 12 = 151.9.
    #expect(abs(row(3, 30, 50).leastComponents - 14.505) < 0.001 && row(3, 30, 50).manyEnough == true)
    #expect(abs(row(12, 60, 50).leastComponents - 151.91) < 0.01 && row(12, 60, 50).manyEnough == false)
    #expect(row(12, 60, 190).manyEnough == true)
    let none = SweepRow(dimension: 30, trueComponents: 3, samples: 50, halves: [])
    #expect(none.value == nil && none.manyEnough == nil)
  }

  @Test func severalSeedsHaveStudentsIntervalAndOneItsBootstrap() throws {
    let crossings = [0.77, 0.79, 0.78].map { Crossing(value: $0, low: $0 - 0.1, high: $0 + 0.1) }
    let none = Crossing(value: nil, low: nil, high: nil, reason: "not in range")
    let several = SweepRow(dimension: 30, trueComponents: 3, samples: 50, halves: crossings + [none])
    let (low, high) = (try #require(several.interval.low), try #require(several.interval.high))
    #expect(abs((try #require(several.value)) - 0.78) < 1e-12)
    // t_{.975, 2} = 4.303, sd = .01.
    #expect(abs((high - low) / 2 - 4.303 * 0.01 / 3.0.squareRoot()) < 1e-6)
    let one = SweepRow(dimension: 30, trueComponents: 3, samples: 50, halves: [none, crossings[0]])
    #expect(one.interval.low == 0.77 - 0.1 && one.value == 0.77)
  }
}
