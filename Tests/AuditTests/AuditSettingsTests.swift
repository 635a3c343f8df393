// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Neighbors
import Statistics
import Testing

/// Settings that the command line would refuse are refused by the library too.
@Suite struct AuditSettingsTests {
  private func problem(_ make: () throws -> Void) -> String {
    do { try make() } catch { return "\(error)" }
    return "taken"
  }

  @Test func `values out of range are refused with name, value and what is allowed`() {
    let cases: [(String, () throws -> Void)] = [
      ("neighbors: '1' is out of range; allowed: 2 to 50", { _ = try AuditSettings(neighbors: 1) }),
      ("confidence: '2.0'", { _ = try AuditSettings(confidence: 2) }),
      ("confidence: 'nan'", { _ = try AuditSettings(confidence: .nan) }),
      ("background: '0'", { _ = try AuditSettings(background: 0) }),
      ("criterion: '-1.0'", { _ = try AuditSettings(criterion: -1) }),
      ("maxRatio: '1.0'", { _ = try AuditSettings(maxRatio: 1) }),
      ("mostCopies: '0'", { _ = try AuditSettings(mostCopies: 0) }),
      ("carliniAlpha: 'inf'", { _ = try AuditSettings(carliniAlpha: .infinity) }),
      ("carliniThreshold: '0.0'", { _ = try AuditSettings(carliniThreshold: 0) }),
      ("tiles: '0'", { _ = try AuditSettings(tiles: 0) }),
      ("tileThreshold: '0.0'", { _ = try AuditSettings(tileThreshold: 0) }),
      ("cosineThreshold: '3.0'", { _ = try AuditSettings(cosineThreshold: 3) }),
      ("cells: '0'", { _ = try AuditSettings(cells: 0) }),
      ("cellSamples: '0'", { _ = try AuditSettings(cellSamples: 0) }),
      ("bootstraps: '0'", { _ = try AuditSettings(bootstraps: 0) }),
      ("excess: '0.01'", { _ = try AuditPlan(maxRatio: 0.01, confidence: 0.95, excess: 0.01) }),
      ("null: '1.0'", { _ = try AuditPlan(maxRatio: 0.01, confidence: 0.95, null: 1) }),
      ("power: '1.0'", { _ = try AuditPlan(maxRatio: 0.01, confidence: 0.95, power: 1) }),
      ("maxRatio: '0.0'", { _ = try AuditPlan(maxRatio: 0, confidence: 0.95) }),
      ("confidence: '1.0'", { _ = try AuditPlan(maxRatio: 0.01, confidence: 1) }),
    ]
    for (words, make) in cases {
      let line = problem(make)
      #expect(line.hasPrefix(words) && line.contains("; allowed: ") && !line.contains("\n"), "\(words): \(line)")
    }
  }

  @Test func `what is decoded is checked too, and comes back equal`() throws {
    let settings = try AuditSettings(neighbors: 7, confidence: 0.9, background: .max, seed: .max)
    let data = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(AuditSettings.self, from: data) == settings)
    let text = String(decoding: data, as: UTF8.self).replacing("\"neighbors\":7", with: "\"neighbors\":1")
    #expect(
      problem { _ = try JSONDecoder().decode(AuditSettings.self, from: Data(text.utf8)) }.hasPrefix("neighbors: '1'"))
  }

  @Test func `several spaces may share a confidence that none could ask for`() throws {
    let settings = try AuditSettings(confidence: 0.999_999)
    #expect(AuditResult.settings(settings, spaces: 2).confidence > 0.999_999)
  }

  @Test func `too few points, other shapes and too little memory are errors, not crashes`() throws {
    func points(_ count: Int, _ dimension: Int = 4) -> PointSet {
      AuditFixture.gaussian(count, dimension, seed: 1, "p")
    }
    func space(
      _ train: Int, _ made: Int, holdout: Int? = nil, dimension: Int = 4, unit: Double = 1,
      picture: AuditSpace.PictureDimensions? = nil
    ) throws -> AuditSpace {
      try AuditSpace(
        name: "test", train: points(train), generated: points(made, dimension), holdout: holdout.map { points($0) },
        unit: unit, picture: picture)
    }
    for (word, make) in [
      ("train: '2 points'", { _ = try space(2, 5) }), ("generated: '0 points'", { _ = try space(5, 0) }),
      ("holdout: '0 points'", { _ = try space(5, 5, holdout: 0) }),
      ("generated: '3 values'", { _ = try space(5, 5, dimension: 3) }),
      ("unit: '0.0'", { _ = try space(5, 5, unit: 0) }),
      ("picture: ", { _ = try space(5, 5, picture: .init(height: 2, width: 3, channels: 1)) }),
      ("picture: ", { _ = try space(5, 5, picture: .init(height: 1 << 62, width: 4, channels: 1)) }),
    ] as [(String, () throws -> Void)] { #expect(problem(make).hasPrefix(word), "\(problem(make))") }
    for memory in [-1, 0, 1000] {
      let passes = SpaceSearch(space: try space(5, 5), settings: AuditSettings(), memory: memory)
      #expect(problem { _ = try passes.run() }.contains("memory of \(memory) bytes"))
    }
    // The least that can be audited.
    let least = try SpaceSearch(space: try space(3, 1, holdout: 1), settings: AuditSettings()).run()
    #expect(SpaceAudit(try space(3, 1, holdout: 1), least, settings: AuditSettings()).samples.count == 1)
  }

  @Test func `large counts cost no more than the terms that count`() {
    let started = Date()
    // The mean of Binomial(10^7, 0.01) lies at 10^5: half of it, and its normal tail at three deviations.
    let half = Binomial.atLeast(100_000, of: 10_000_000, probability: 0.01)
    #expect(abs(half - 0.5) < 2e-3)
    let tail = Binomial.atLeast(100_945, of: 10_000_000, probability: 0.01)
    #expect(abs(tail / 0.001_35 - 1) < 0.05, "\(tail)")
    #expect(Binomial.upper(0, of: 10_000_000, tail: 0.005) < 6e-7)
    #expect(Date().timeIntervalSince(started) < 20)
  }
}
