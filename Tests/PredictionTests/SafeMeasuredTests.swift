// SPDX-License-Identifier: MIT
import Experiments
import Foundation
import Kernels
import Prediction
import Testing

/// The promise of `--safe-components`, kept by the trainings of `Results/variance`: the sampler of its study moves the
/// start, most at small variance, where exact sampling would allow M that are not safe.
@Suite struct SafeMeasuredTests {
  private struct Law: Hashable {
    let dimension, trueComponents, samples: Int
    let variance: Double
  }

  /// The ratio of every model, by the law of its data.
  private static func measured() throws -> [Law: [(components: Int, ratio: Double)]] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("Results/variance/results.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    var models: [Law: [(components: Int, ratio: Double)]] = [:]
    for row in rows.dropFirst() {
      let field = Dictionary(zip(rows[0], row)) { $1 }
      func whole(_ name: Substring) throws -> Int { try #require(Int(field[name] ?? "")) }
      func number(_ name: Substring) throws -> Double { try #require(Double(field[name] ?? "")) }
      let law = try Law(
        dimension: whole("dimension"), trueComponents: whole("trueComponents"), samples: whole("samples"),
        variance: number("variance"))
      models[law, default: []].append((try whole("components"), try number("ratio")))
    }
    return models
  }

  @Test func `no model at or below the safe M memorizes a tenth of its samples`() throws {
    let models = try Self.measured()
    #expect(models.count == 10 && models.values.allSatisfy { $0.count >= 30 })
    for (law, points) in models {
      let configuration = try laboratory(law.dimension, law.trueComponents, law.samples) {
        $0.data.variance = law.variance
      }
      let predictor = Predictor(configuration, workers: Workers(threads: 2))
      let safe = try SafeBudget(predictor: predictor).components().value
      let worst = points.filter { $0.components <= safe }.map(\.ratio).max() ?? 0
      #expect(worst <= 0.1, "\(law): M = \(safe), ratio \(worst)")
      // Safe, but not by giving everything away: the first unsafe model is near.
      let first = try #require(points.filter { $0.ratio > 0.1 }.map(\.components).min())
      #expect(Double(safe) >= 0.85 * Double(first), "\(law): M = \(safe), unsafe from \(first)")
    }
  }
}
