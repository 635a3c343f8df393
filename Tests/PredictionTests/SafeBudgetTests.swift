// SPDX-License-Identifier: MIT
import Experiments
import HardEM
import Kernels
import Memorization
import Prediction
import Testing

@Suite struct SafeBudgetTests {
  private let workers = Workers(threads: 2)

  @Test func `the largest safe M is below a tenth by hard EM, the next is not`() throws {
    let predictor = Predictor(try laboratory(), workers: workers)
    let safe = SafeBudget(predictor: predictor).components()
    let points = predictor.hardEM().points
    #expect(points[safe - 1].components == safe && points[safe - 1].ratio.value < 0.1)
    #expect(points[safe].ratio.value >= 0.1)
  }

  @Test func `beyond what is cheap the formula answers, and agrees where both can`() throws {
    let small = Predictor(try laboratory(), workers: workers)
    let formula = try #require(small.formula)
    let clustered = SafeBudget(predictor: small, alwaysClusters: true).components()
    let byFormula = (1...50).last { formula.point(components: Double($0)).ratio < 0.1 } ?? 0
    #expect(abs(clustered - byFormula) <= 2, "\(clustered), \(byFormula)")

    let large = Predictor(try laboratory(50, 12, 1_000_000), workers: workers)
    let safe = SafeBudget(predictor: large).components()
    let ratio = try #require(large.formula).point(components: Double(safe)).ratio
    #expect((0.6...0.8).contains(Double(safe) / 1e6) && abs(ratio - 0.1) < 1e-3, "\(safe), \(ratio)")
  }

  @Test func `safe samples answer safe components`() throws {
    let large = Predictor(try laboratory(50, 12, 20_000), workers: workers)
    let needed = SafeBudget(predictor: large).samples(components: 14_000)
    var found = large.configuration
    found.data.samples = needed
    let back = SafeBudget(predictor: Predictor(found, workers: workers)).components()
    #expect(abs(Double(back) / 14_000 - 1) < 0.015, "\(needed), \(back)")
  }
}
