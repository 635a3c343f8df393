// SPDX-License-Identifier: MIT
import Foundation
import Testing
import WeightFit

@Suite struct FittedWeightsTests {
  private static func tuple(_ samples: Int, _ measured: Double) -> FitTuple {
    FitObjectiveTests.tuple(samples, measured)
  }

  /// The paper's 64 tuples with a planted M_pt/N.
  static func sweep(_ measured: (Int, Int, Int) -> Double) -> [FitTuple] {
    [50, 100, 150, 200].flatMap { samples in
      [30, 40, 50, 60].flatMap { dimension in
        [3, 6, 9, 12].map { components in
          FitTuple(
            dimension: dimension, trueComponents: components, samples: samples,
            measured: measured(samples, dimension, components),
            losses: .closedForm(samples: samples, signalToNoise: FitObjectiveTests.signalToNoise))
        }
      }
    }
  }

  /// The objective depends on A and rho alone, so a fine grid of both is a global search.
  private static func bruteForce(_ tuples: [FitTuple], entropyPenalty: Double) -> Double {
    let g = tuples[0].losses.generalizing
    let objective = FitObjective(tuples, temperature: 0.05, entropyPenalty: entropyPenalty)
    var best = Double.infinity
    for exponent in stride(from: -1.0, through: 9, by: 0.1) {
      for rho in stride(from: 0.0, through: 1, by: 0.004) {
        let share = (rho - g[25]) / (g[0] - g[25])
        var weights = [Double](repeating: 0, count: 26)
        (weights[0], weights[25]) = (share * exp2(exponent), (1 - share) * exp2(exponent))
        best = min(best, objective.valueAndGradient(weights).value)
      }
    }
    return best
  }

  @Test(arguments: [0, 1e-3]) func theOptimizerFindsWhatAGridSearchFinds(penalty: Double) throws {
    for (index, tuples) in [
      [Self.tuple(6, 0.61), Self.tuple(9, 0.55)], [Self.tuple(5, 0.9), Self.tuple(8, 0.35), Self.tuple(12, 0.6)],
      [Self.tuple(20, 0.78), Self.tuple(10, 0.8)],
    ].enumerated() {
      let settings = try FitSettings(entropyPenalty: penalty, starts: 24)
      let found = FittedWeights(tuples, settings: settings).best
      let grid = Self.bruteForce(tuples, entropyPenalty: penalty)
      #expect(found.objective < grid + 2e-5, "case \(index): found \(found.objective), grid \(grid)")
    }
  }
}
