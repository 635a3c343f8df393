// SPDX-License-Identifier: MIT
import Diffusion
import Foundation
import Testing
import Theory

/// For each assumption a case in which it holds and the prediction stands, and one in which it fails and so does the
/// prediction.
@Suite struct AssumptionTests {
  private let vp = VariancePreserving()
  private var times: [Double] { TimeGrid.paper.times(of: vp) }

  private func setting(_ d: Int, _ k: Int, _ n: Int, _ s: Double = 1) -> PredictionSetting {
    PredictionSetting(dimension: d, trueComponents: k, samples: n, variance: s)
  }

  @Test func `well-separated means: otherwise neighbours in other clusters shorten the distance`() {
    for (s, holds) in [(0.25, true), (4.0, false)] {
      #expect(Assumption.separatedMeans(setting(50, 12, 200, s), components: 160).holds == holds)
      let law = NearestDistance(dimension: 50, trueComponents: 12, variance: s, largestCount: 200)
      let change = abs(law.expected(160) / law.expectedWithinCluster(160) - 1)
      #expect(holds ? change < 2e-3 : change > 0.04, "s = \(s): \(change)")
    }
  }

  @Test func `N polynomial in d: otherwise C lies below 1`() {
    for (d, n, holds) in [(50, 200, true), (5, 1_000_000, false)] {
      #expect(Assumption.polynomialSamples(setting(d, 12, n)).holds == holds)
      let law = NearestDistance(dimension: d, trueComponents: 12, variance: 1, largestCount: n)
      let constant = law.expected(Double(n)) / Double(d)
      #expect(holds == (1...2).contains(constant), "C = \(constant)")
    }
  }

  @Test func `coverage: otherwise components go unmemorized and left-out samples are far from everything`() {
    for (m, holds) in [(160, true), (10, false)] {
      #expect(Assumption.coverage(setting(50, 12, 200), components: m).holds == holds)
      let law = NearestDistance(dimension: 50, trueComponents: 12, variance: 0.25, largestCount: 200)
      // C in (19), between 1 and 2 when every component is hit.
      let constant = law.expected(Double(m)) / (50 * 0.25)
      #expect(holds == (1...2).contains(constant), "M = \(m): C = \(constant)")
    }
  }

  @Test func `noise below collapse: otherwise the memorizing loss is a part of the generalizing one`() {
    for (d, k, n, s) in [(50, 12, 200, 1.0), (30, 3, 50, 1), (60, 3, 100, 0.25), (30, 6, 200, 4)] {
      let losses = FiniteSizeLoss(dimension: d, trueComponents: k, samples: n, variance: s, process: vp, times: times)
      let memorizing = losses.values(Double(n)).memorized
      var failures = 0
      for (index, t) in times.enumerated() {
        let one = Assumption.noiseBelowCollapse(setting(d, k, n, s), process: vp, times: [t])
        let share = memorizing[index] / losses.generalizing[index]
        if one.holds { #expect(share < 0.025, "\(d) \(k) \(n) \(s): \(share) at \(t)") }
        if share > 0.1 { #expect(!one.holds, "\(d) \(k) \(n) \(s): \(share) at \(t)") }
        failures += one.holds ? 0 : 1
      }
      #expect((1..<times.count).contains(failures))
    }
  }

  @Test func `tested range: otherwise the crossing of losses leaves the band of measured transitions`() {
    for (s, holds) in [(1.0, true), (0.25, false), (4, false)] {
      #expect(Assumption.testedRange(setting(50, 12, 200, s)).holds == holds)
      let losses = FiniteSizeLoss(
        dimension: 50, trueComponents: 12, samples: 200, variance: s, process: vp, times: times)
      let crossing = losses.crossing(weights: times.map { _ in 1 }, counts: 1...200) ?? 0
      #expect(holds == (abs(crossing - 0.79) < 0.04), "s = \(s): \(crossing)")
    }
  }

  @Test func `tested range: each letter and setting outside is named`() {
    let far = Assumption.testedRange(
      PredictionSetting(dimension: 5, trueComponents: 1, samples: 1000, variance: 2, others: [.process]))
    #expect(!far.holds)
    for word in ["d = 5", "K = 1", "N = 1000", "s = 2", "process"] {
      #expect(far.detail.contains(word), "\(far.detail)")
    }
  }

  @Test func `tested range: each departure has its own reason`() {
    func detail(
      _ d: Int = 50, _ s: Double = 1, _ criterion: Double = 1.0 / 3.0, _ other: PredictionError.Departure? = nil
    )
      -> String
    {
      Assumption.testedRange(
        PredictionSetting(
          dimension: d, trueComponents: 3, samples: 60, variance: s, criterion: criterion,
          others: other.map { [$0] } ?? [])
      ).detail
    }
    #expect(detail(500).hasSuffix("not compared with training at these sizes") && detail(500).contains("d = 500"))
    #expect(!detail(500).contains("move") && detail(80).contains("a few such sizes"))
    for text in [detail(50, 2), detail(50, 1, 1.0 / 3.0, .loss), detail(50, 1, 1.0 / 3.0, .process)] {
      #expect(text.contains("move three to six times more") && !text.contains("depend"), "\(text)")
    }
    for text in [detail(50, 1, 0.25), detail(50, 1, 1.0 / 3.0, .sampler), detail(50, 1, 1.0 / 3.0, .law)] {
      #expect(text.hasSuffix("loss crossings do not depend on it"), "\(text)")
    }
    #expect(detail(500, 2).components(separatedBy: "; ").count == 2)
  }

  @Test func `all assumptions are listed once, with a condition and numbers`() {
    let all = Assumption.all(setting(30, 3, 50), components: 40, process: vp, times: times)
    #expect(Set(all.map(\.name)).count == all.count && all.count == 5)
    #expect(all.allSatisfy { !$0.condition.isEmpty && !$0.detail.isEmpty })
  }
}
