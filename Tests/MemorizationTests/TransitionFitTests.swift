// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Memorization
import Statistics
import Testing

struct TransitionFitTests {
  private let key = RandomKey(seed: 51)
  private let fit = TransitionFit()

  /// Levels 0.1 and 0.9 at 0.78 -+ 0.03 ln 9.
  private func logistic(_ position: Double) -> Double { 1 / (1 + exp((0.78 - position) / 0.03)) }

  private func points(_ ratios: [(Int, Double)], trials: Int = 2000) -> [CurvePoint] {
    ratios.map { CurvePoint(capacity: $0.0, memorized: Int(($0.1 * Double(trials)).rounded()), trials: trials) }
  }

  private func says(_ crossing: Crossing, _ words: String) -> Bool { crossing.reason?.contains(words) == true }

  @Test("crossings of a planted logistic curve lie where the logistic has them")
  func plantedLogistic() throws {
    let curve = points((1...200).map { ($0, logistic(Double($0) / 200)) })
    let transition = fit.fit(curve, samples: 200, key: key)
    for (crossing, expected) in [
      (transition.start, 0.78 - 0.03 * log(9)), (transition.half, 0.78), (transition.end, 0.78 + 0.03 * log(9)),
    ] {
      // Points 0.005 apart: linear interpolation errs by less than 0.005^2 / 8 * |f''| / f' < 2e-4.
      let value = try #require(crossing.value)
      let (low, high) = (try #require(crossing.low), try #require(crossing.high))
      #expect(abs(value - expected) < 3e-4)
      #expect(low < value && value < high && high - low < 0.02)
      #expect(crossing.reason == nil)
    }
    #expect(transition.monotonicityViolations == 0)
  }

  @Test("between two points the crossing is linear in M/N, and a level met exactly is its point")
  func interpolation() throws {
    let transition = fit.fit(points([(10, 0), (20, 0.4), (30, 0.8), (40, 1)]), samples: 50, key: key)
    #expect(abs(try #require(transition.start.value) - (0.2 + 0.2 * 0.25)) < 1e-12)
    #expect(abs(try #require(transition.half.value) - (0.4 + 0.2 * 0.25)) < 1e-12)
    #expect(abs(try #require(transition.end.value) - 0.7) < 1e-12)
    #expect(fit.fit(points([(10, 0), (20, 0.5), (30, 1)]), samples: 40, key: key).half.value == 0.5)
  }

  @Test("a crossing asked for alone is that of the whole fit")
  func alone() {
    for curve in [
      points([(40, 1), (10, 0), (20, 0.4), (30, 0.3)]), points([(5, 0), (50, 0.05)]), points([(5, 0.7)]), [],
    ] {
      let whole = TransitionFit(bootstraps: 1).fit(curve, samples: 50, key: key)
      #expect(TransitionFit.crossing(of: 0.5, curve, samples: 50) == whole.half.value)
      #expect(TransitionFit.crossing(of: 0.1, curve, samples: 50) == whole.start.value)
    }
  }

  @Test("the bootstrap covers: 95 % of 400 intervals, between the 1e-6 quantiles of the binomial law")
  func coverage() throws {
    let truth = [(32, 0.02), (35, 0.12), (38, 0.35), (41, 0.62), (44, 0.86), (47, 0.97)]
    let half = 0.76 + 0.06 * (0.5 - 0.35) / (0.62 - 0.35)
    var (hits, narrowHits) = (0, 0)
    for repetition in 0..<400 {
      let drawn = truth.map { components, probability -> CurvePoint in
        let uniforms = key.child("data").child(repetition).child(components).uniforms(200)
        return CurvePoint(capacity: components, memorized: uniforms.count { $0 < probability }, trials: 200)
      }
      let crossing = TransitionFit(bootstraps: 300)
        .fit(drawn, samples: 50, key: key.child("bootstrap").child(repetition)).half
      let value = try #require(crossing.value)
      let (low, high) = (try #require(crossing.low), try #require(crossing.high))
      if low <= half && half <= high { hits += 1 }
      // A wrong interval of half the width must be rejected by the same rule.
      if (low + value) / 2 <= half && half <= (high + value) / 2 { narrowHits += 1 }
    }
    print("bootstrap coverage: \(hits) of 400, half as wide \(narrowHits)")
    // Binomial(400, 0.95): P(X < 358) < 1e-6 and P(X = 400) = 1.2e-9.
    #expect((358...399).contains(hits))
    #expect(!(358...399).contains(narrowHits))
  }

  @Test("the interval's width is that of independent binomial counts")
  func width() throws {
    // Crossing x1 + (0.5 - p1) / (p2 - p1) dx: both derivatives are -1.25 dx at p = 0.3 and 0.7, so that its standard
    // error is 1.25 dx sqrt(2 * 0.21 / n). Counts that moved together would give sqrt(2) times as much.
    let half = TransitionFit(bootstraps: 20_000).fit(points([(20, 0.3), (30, 0.7)]), samples: 50, key: key).half
    let expected = 2 * 1.959964 * 1.25 * 0.2 * (0.42 / 2000).squareRoot()
    let width = try #require(half.high) - #require(half.low)
    // The ends are order statistics of 20,000: 1.3 % of spread together.
    #expect(abs(width / expected - 1) < 0.065)
  }

  @Test("a crossing out of range is null with a reason that says what to do")
  func outOfRange() {
    let low = fit.fit(points([(5, 0), (50, 0.05)]), samples: 50, key: key)
    #expect(low.start.value == nil && low.start.low == nil && low.start.high == nil)
    #expect(says(low.start, "reaches only 0.05") && says(low.start, "below 0.1"))
    let short = fit.fit(points([(5, 0), (25, 0.05)]), samples: 50, key: key)
    #expect(says(short.half, "measure larger M"))
    let high = fit.fit(points([(5, 0.6), (50, 1)]), samples: 50, key: key)
    #expect(high.half.value == nil && says(high.half, "already 0.6 at the smallest measured M/N = 0.1"))
    #expect(says(high.half, "measure smaller M"))
    #expect(high.end.value != nil)
  }

  @Test("no point, one point, all zero, all one")
  func edges() {
    let none = fit.fit([], samples: 50, key: key)
    #expect(none.half.value == nil && says(none.half, "no M was measured"))
    #expect(none.monotonicityViolations == 0)
    let one = fit.fit(points([(25, 0.5)]), samples: 50, key: key)
    #expect(one.half.value == 0.5)
    #expect(says(one.start, "already") && says(one.end, "reaches only"))
    let zero = fit.fit(points([(10, 0), (20, 0), (30, 0)]), samples: 50, key: key)
    let ones = fit.fit(points([(10, 1), (20, 1), (30, 1)]), samples: 50, key: key)
    for crossing in [zero.start, zero.half, zero.end] { #expect(says(crossing, "reaches only 0.0")) }
    for crossing in [ones.start, ones.half, ones.end] { #expect(says(crossing, "already 1.0")) }
  }

  @Test("resampled curves that do not cross are counted on their side, and take an end only when it is theirs")
  func censored() {
    // 0.9 is reached by about half of the resampled curves: the upper end is out of range.
    let half = fit.fit(points([(10, 0), (50, 0.901)]), samples: 50, key: key).end
    #expect(half.value != nil && half.low != nil && half.high == nil)
    #expect(says(half, "never reach 0.9: the high end is above M/N = 1.0"))
    // P(count < 1800) is about 1 % here: below the 2.5 % that would take the end.
    let rare = fit.fit(points([(10, 0), (50, 0.9155)]), samples: 50, key: key).end
    #expect(rare.high != nil && says(rare, "they count as above"))
    let start = fit.fit(points([(10, 0.099), (50, 1)]), samples: 50, key: key).start
    #expect(start.value != nil && start.low == nil && start.high != nil)
    #expect(says(start, "the low end is below M/N = 0.2"))
  }

  @Test("a curve that falls is fitted by its non-decreasing mean and reported, a dip within the noise is not")
  func nonMonotone() {
    let falling = fit.fit(points([(10, 0), (20, 0.7), (30, 0.3), (40, 1)]), samples: 50, key: key)
    #expect(falling.monotonicityViolations == 1)
    #expect(falling.half.value == 0.4)  // 0.7 and 0.3 pool to 0.5, met first at 20/50
  }

  @Test("the order of the points does not matter, and far points do not change a crossing's interval")
  func keyed() {
    let curve = points([(10, 0), (20, 0.02), (30, 0.3), (40, 0.9), (50, 1)])
    let transition = fit.fit(curve, samples: 50, key: key)
    #expect(fit.fit(curve.reversed(), samples: 50, key: key) == transition)
    #expect(fit.fit(Array(curve.dropFirst()), samples: 50, key: key).half == transition.half)
    #expect(fit.fit(curve, samples: 50, key: RandomKey(seed: 52)).half.low != transition.half.low)
  }

  @Test("20 points, 1,000 bootstraps of 2,000 samples take well under a second")
  func speed() {
    let curve = points((1...20).map { ($0 * 10, logistic(Double($0) / 20)) })
    let elapsed = ContinuousClock().measure { _ = fit.fit(curve, samples: 200, key: key) }
    print("1,000 bootstraps of 20 points: \(elapsed)")
    #expect(elapsed < .milliseconds(500))
  }

  @Test("a point made from an estimate has its count back")
  func fromEstimate() {
    for successes in [0, 1, 333, 1999, 2000] {
      let point = CurvePoint(capacity: 3, ratio: Wilson.interval(successes: successes, trials: 2000))
      #expect(point == CurvePoint(capacity: 3, memorized: successes, trials: 2000))
    }
  }
}
