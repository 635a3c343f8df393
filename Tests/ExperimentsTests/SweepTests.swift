// SPDX-License-Identifier: MIT
import Experiments
import Testing

@Suite struct SweepTests {
  private func refine(_ curve: [(Int, Double)], _ samples: Int, _ count: Int = 10) -> [Int] {
    Sweep.refinement(curve: curve.map { (capacity: $0.0, ratio: $0.1) }, samples: samples, count: count)
  }

  /// A step curve on the tenths of N = 50: generalizing to 30, memorizing from 45.
  private let step: [(Int, Double)] = [
    (5, 0), (10, 0), (15, 0), (20, 0), (25, 0), (30, 0.01), (35, 0.2), (40, 0.7), (45, 0.95), (50, 1),
  ]

  @Test(arguments: [
    (50, [5, 10, 15, 20, 25, 30, 35, 40, 45, 50]), (100, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
    (25, [3, 5, 8, 10, 13, 15, 18, 20, 23, 25]), (3, [1, 2, 3]), (2, [1, 2]), (12, [1, 2, 4, 5, 6, 7, 8, 10, 11, 12]),
  ])
  func `tenths are round(i N / 10) without repeats and without zero`(samples: Int, expected: [Int]) {
    #expect(Sweep.tenths(samples: samples) == expected)
  }

  @Test func `refinement takes ten of the new integers inside the transition`() {
    // 31..44 without 35 and 40 are twelve; ten of them, evenly.
    let chosen = refine(step, 50)
    #expect(chosen == [31, 32, 34, 36, 37, 38, 39, 42, 43, 44])
    #expect(refine(step, 50, 12) == [31, 32, 33, 34, 36, 37, 38, 39, 41, 42, 43, 44])
    #expect(refine(step, 50, 100) == refine(step, 50, 12))
  }

  @Test func `few new points are spread over the whole range`() {
    let wide = [(100, 0.0), (200, 1.0)]
    #expect(refine(wide, 200, 1) == [150])
    #expect(refine(wide, 200, 3) == [117, 150, 183])
    let ten = refine(wide, 200)
    #expect(ten == [105, 115, 125, 135, 145, 155, 165, 175, 185, 195])
  }

  @Test func `without a ratio above 0.9 the range ends at N`() {
    #expect(refine([(30, 0.05), (40, 0.5)], 45, 20) == [31, 32, 33, 34, 35, 36, 37, 38, 39, 41, 42, 43, 44, 45])
    #expect(refine([(40, 0.05), (50, 0.5)], 50, 20) == Array(41...49))
  }

  @Test func `without a ratio below 0.1 the range begins below the smallest M`() {
    #expect(refine([(5, 0.95), (10, 1)], 10, 20) == [1, 2, 3, 4])
    #expect(refine([(4, 0.3), (8, 0.95)], 10, 20) == [1, 2, 3, 5, 6, 7])
  }

  @Test func `nothing is refined where there is no transition, no room or no wish`() {
    #expect(refine([(5, 0), (10, 0.05)], 10) == [])
    #expect(refine([(9, 0.05), (10, 0.95)], 10) == [])
    #expect(refine(step, 50, 0) == [])
    #expect(refine([], 50) == [])
  }

  @Test func `levels are strict: exactly 0.1 and 0.9 lie inside the transition`() {
    #expect(refine([(10, 0), (12, 0.1), (14, 0.9), (16, 1)], 16) == [11, 13, 15])
  }

  @Test func `the order of the curve does not matter`() {
    #expect(refine(step.reversed(), 50) == refine(step, 50))
  }

  @Test func `a curve that is not monotone is refined between the doubtful points`() {
    #expect(refine([(10, 0), (20, 0.95), (26, 0.05), (30, 1)], 30) == [21, 22, 23, 24, 25])
  }

  @Test func `a ratio that is no number locates nothing and is not measured again`() {
    #expect(refine([(10, 0), (12, .nan), (14, 1)], 14) == [11, 13])
  }

  @Test(arguments: [(2, 1), (7, 3), (50, 10), (97, 10), (1000, 10)])
  func `new points are new, ascending, in range and at most as many as asked`(samples: Int, count: Int) {
    for below in stride(from: 0, to: samples, by: max(1, samples / 13)) {
      for above in stride(from: below + 1, through: samples, by: max(1, samples / 11)) {
        let curve = (below > 0 ? [(below, 0.0)] : []) + [(above, 1.0)]
        let chosen = refine(curve, samples, count)
        #expect(chosen.count == min(count, above - below - 1))
        #expect(chosen == Set(chosen).sorted() && chosen.allSatisfy { $0 > below && $0 < above })
        let gaps = zip(chosen, chosen.dropFirst()).map { $1 - $0 }
        #expect((gaps.max() ?? 0) - (gaps.min() ?? 0) <= 1)
      }
    }
  }
}
