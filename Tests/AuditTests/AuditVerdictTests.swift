// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Kernels
import Statistics
import Testing
import Neighbors

@Suite struct AuditVerdictTests {
  /// The duplicate-aware ratio of `copies` copies among n Gaussian points.
  private func metric(copies: Int, of n: Int, maxRatio: Double = 0.01) throws -> AuditMetric {
    let train = AuditFixture.gaussian(2000, 12, seed: 5, "train")
    var rows: [Float] = []
    for row in 0..<n {
      rows +=
        row < copies ? train.row(row).map { Float($0) } : RandomKey(seed: 6).child(row).normals(12).map { Float($0) }
    }
    return try AuditFixture.audit(
      train: train, generated: .init(floats: rows, dimension: 12),
      holdout: AuditFixture.gaussian(2000, 12, seed: 7, "h")
    ).verdictMetric
  }

  @Test func `few samples are inconclusive, many decide`() throws {
    #expect(AuditVerdict([try metric(copies: 0, of: 50)], maxRatio: 0.01) == .inconclusive)
    #expect(AuditVerdict([try metric(copies: 0, of: 2000)], maxRatio: 0.01) == .clean)
    #expect(AuditVerdict([try metric(copies: 100, of: 2000)], maxRatio: 0.01) == .memorized)
    #expect(AuditVerdict([try metric(copies: 100, of: 2000)], maxRatio: 0.2) == .clean)
  }

  @Test(arguments: [(0.95, 0.0), (0.95, 0.02), (0.99, 0.002)])
  func `a model at the limit is convicted no more often than the confidence allows, for any n`(
    _ confidence: Double, _ null: Double
  ) {
    // Exactly, by summing over all outcomes of the samples and of the held-out data.
    func terms(_ n: Int, _ p: Double) -> [Double] {
      (0...n).map {
        Binomial.atLeast($0, of: n, probability: p)
          - Binomial.atLeast($0 + 1, of: n, probability: p)
      }
    }
    let alpha = (1 - confidence) / 2
    // Much held-out data leaves nothing to a bound of the null: there an error of the limit itself would show.
    for (n, n0) in [(1, 50), (7, 200), (17, 200), (60, 100), (250, 120)] + (null == 0 ? [(1000, 20_000)] : []) {
      let (made, heldOut) = (terms(n, null + 0.01), terms(n0, null))
      var wrong = 0.0
      for k0 in 0...n0 where heldOut[k0] > 1e-12 {
        // The p-value falls with the count.
        var (low, high) = (0, n + 1)
        while low < high {
          let k = (low + high) / 2
          let p = ExcessTest.pValue(k, of: n, against: k0, of: n0, limit: 0.01, confidence: confidence)
          if p <= alpha { high = k } else { low = k + 1 }
        }
        let first = low <= n ? low : nil
        if let first { wrong += heldOut[k0] * made[first...].reduce(0, +) }
      }
      #expect(wrong <= alpha, "n \(n), held-out \(n0): \(wrong)")
    }
  }

  @Test func `the conviction's parts are those of their definitions`() {
    // P(X >= 30), X ~ Binomial(1000, 0.02), by its terms.
    var term: Double = pow(0.98 as Double, 1000 as Double)
    var tail = 0.0
    for k in 0...1000 {
      if k >= 30 { tail += term }
      let odds: Double = 0.02 / 0.98
      term *= odds * Double(1000 - k) / Double(k + 1)
    }
    #expect(abs(ExcessTest.pValue(30, of: 1000, null: 0.005, limit: 0.015) - tail) < 1e-12)
    // Clopper and Pearson: none of n has the bound 1 - tail^(1/n).
    #expect(abs(Binomial.upper(0, of: 80, tail: 0.025) - (1 - pow(0.025 as Double, 1.0 / 80 as Double))) < 1e-9)
  }

  @Test func `one space that recites is enough, and one that cannot tell is enough to doubt`() throws {
    let (clean, copies, few) = (
      try metric(copies: 0, of: 2000), try metric(copies: 100, of: 2000), try metric(copies: 0, of: 50)
    )
    #expect(AuditVerdict([clean, copies], maxRatio: 0.01) == .memorized)
    #expect(AuditVerdict([clean, few], maxRatio: 0.01) == .inconclusive)
    #expect(AuditVerdict([clean, clean], maxRatio: 0.01) == .clean)
    #expect(abs(AuditResult.settings(AuditSettings(), spaces: 2).confidence - 0.975) < 1e-12)
  }

  @Test func `a plan's number of samples reaches its power`() throws {
    for (null, excess) in [(0.0, 0.02), (0.03, 0.03)] {
      let plan = try AuditPlan(maxRatio: 0.01, confidence: 0.95, null: null, excess: excess)
      let clear = try #require(plan.toClear), find = try #require(plan.toFind)
      #expect(rate(clear, null, null) { $0.high <= 0.01 } > 0.74, "\(plan)")
      #expect(convicted(find, null + excess, null) > 0.74, "\(plan)")
      #expect(convicted(find / 3, null + excess, null) < 0.74, "\(plan)")
      #expect(null == 0 || rate(clear / 3, null, null) { $0.high <= 0.01 } < 0.74, "\(plan)")
    }
  }

  /// How often a model of this ratio is convicted.
  private func convicted(_ n: Int, _ ratio: Double, _ null: Double) -> Double {
    let key = RandomKey(seed: 10).child(n)
    let hits = (0..<200).count { trial in
      let draws = key.child(trial).uniforms(2 * n)
      let k = draws[..<n].count { $0 < ratio }, k0 = draws[n...].count { $0 < null }
      return ExcessTest.pValue(k, of: n, against: k0, of: n, limit: 0.01, confidence: 0.95) <= 0.025
    }
    return Double(hits) / 200
  }

  /// How often a verdict holds among 300 simulated audits of n samples and n held-out ones.
  private func rate(_ n: Int, _ ratio: Double, _ null: Double, _ holds: (Difference) -> Bool) -> Double {
    let key = RandomKey(seed: 8).child(n)
    let hits = (0..<300).count { trial in
      let draws = key.child(trial).uniforms(2 * n)
      let k = draws[..<n].count { $0 < ratio }, k0 = draws[n...].count { $0 < null }
      return holds(ProportionTest.difference(k, of: n, minus: k0, of: n, confidence: 0.95))
    }
    return Double(hits) / 300
  }

  @Test func `a trajectory's safe position and effective size`() throws {
    func point(_ position: Double, _ copies: Int) throws -> AuditTrajectory.Point {
      AuditTrajectory.Point(
        position: position, verdict: copies == 0 ? .clean : .memorized, metric: try metric(copies: copies, of: 2000))
    }
    let steps = AuditTrajectory(
      axis: .step, points: [try point(300, 100), try point(100, 0), try point(200, 0), try point(400, 0)])
    #expect(steps.points.map(\.position) == [100, 200, 300, 400] && steps.safe == 200)
    #expect(steps.effectiveMemorizationSize == nil)
    let sizes = AuditTrajectory(
      axis: .samples, points: [try point(10, 2000), try point(100, 1900), try point(1000, 200), try point(5000, 0)])
    #expect(sizes.safe == 5000 && sizes.effectiveMemorizationSize?.value == 100)
  }
}
