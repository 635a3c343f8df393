// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Testing

import WeightFit

@Suite struct FitObjectiveTests {
  /// psi of the variance-preserving process at the paper's 26 times.
  static let signalToNoise = (0..<26).map { index in
    let t = 0.999 - 0.998 * Double(index) / 25
    return (1 - t * t) / (t * t)
  }

  static func tuple(_ samples: Int, _ measured: Double, constant: Double = 1) -> FitTuple {
    FitTuple(
      dimension: 30, trueComponents: 3, samples: samples, measured: measured,
      losses: .closedForm(samples: samples, signalToNoise: signalToNoise, constant: constant))
  }

  private static var withTimes: FitTuple {
    let key = RandomKey(seed: 4)
    let partial = (1...7).map { row in key.child(row).uniforms(26).map { $0 * (1 - Double(row) / 8) } }
    return FitTuple(
      dimension: 40, trueComponents: 4, samples: 8, measured: 0.6,
      losses: .measured(capacities: Array(1...7), partial: partial, generalizing: key.child("g").uniforms(26)))
  }

  @Test(arguments: [0, 1e-3, 0.3]) func theGradientIsTheDerivativeOfTheValue(penalty: Double) {
    let objective = FitObjective(
      [Self.tuple(50, 0.78), Self.tuple(20, 0.5, constant: 2), Self.tuple(50, 0.7), Self.withTimes], temperature: 0.05,
      entropyPenalty: penalty)
    let point = RandomKey(seed: 1).normals(26).map { 0.3 * $0 + 0.1 }
    let gradient = objective.valueAndGradient(point).gradient
    let scale = gradient.map(abs).max() ?? 0
    func error(_ step: Double) -> Double {
      point.indices.map { index in
        var (above, below) = (point, point)
        above[index] += step
        below[index] -= step
        let difference = objective.valueAndGradient(above).value - objective.valueAndGradient(below).value
        return abs(difference / (2 * step) - gradient[index])
      }.max() ?? .nan
    }
    #expect(error(1e-5) < 1e-8 * scale, "\(error(1e-5)) of \(scale)")
    // Central differences err as h^2 while rounding is small.
    let ratio = error(2e-3) / error(1e-3)
    #expect(abs(ratio - 4) < 0.1, "error ratio \(ratio)")
  }

  @Test func theValueIsTheFormula() {
    let (tuple, weights) = (Self.tuple(10, 0.7), (0..<26).map { 0.01 * Double($0) - 0.05 })
    let energies = (1...10).map { capacity -> Double in
      let sum = zip(weights, Self.signalToNoise).map { $0 * (1 - Double(capacity) / 10 - 1 / ($1 + 1)) }.reduce(0, +)
      return exp(-20 * sum * sum)
    }
    let p = energies.map { $0 / energies.reduce(0, +) }
    let mean = zip(p, 1...10).map { $0 * Double($1) / 10 }.reduce(0, +)
    let expected = (mean - 0.7) * (mean - 0.7) - 1e-3 * p.map { $0 * log($0) }.reduce(0, +)
    let value = FitObjective([tuple], temperature: 0.05, entropyPenalty: 1e-3).valueAndGradient(weights).value
    #expect(abs(value - expected) < 1e-14, "\(value) against \(expected)")
    // Tuples of one N share a softmax: together they are the sum of each alone.
    let several = [tuple, Self.tuple(20, 0.6), Self.tuple(10, 0.8), Self.withTimes, Self.tuple(10, 0.7)]
    func total(_ tuples: [FitTuple]) -> Double {
      FitObjective(tuples, temperature: 0.05, entropyPenalty: 1e-3).valueAndGradient(weights).value
    }
    #expect(abs(total(several) - several.map { total([$0]) }.reduce(0, +)) < 1e-14)
  }

  /// Known: with unit sum and rho = .2 the soft argmin gives .769, the hard one .80.
  @Test func theSoftArgminOfUnitSumIsBiased() {
    let tuple = Self.tuple(200, 0.8)
    // Two times suffice for any rho: here weights of unit sum with sum w_l t_l^2 = .2.
    let g = tuple.losses.generalizing
    let share = (0.2 - g[25]) / (g[0] - g[25])
    var weights = [Double](repeating: 0, count: 26)
    (weights[0], weights[25]) = (share, 1 - share)
    #expect(abs(FittedWeights.rho(weights, generalizing: g) - 0.2) < 1e-12)
    #expect(tuple.hardCrossover(weights) == 0.8)
    #expect(abs(tuple.softCrossover(weights) - 0.769) < 0.002, "\(tuple.softCrossover(weights))")
    // The scale is an inverse temperature: sharper weights remove the bias.
    #expect(abs(tuple.softCrossover(weights.map { 100 * $0 }) - 0.8) < 1e-6)
  }

  @Test func signTurnsAndFlatDirectionsChangeNothing() {
    let tuples = [Self.tuple(50, 0.78), Self.tuple(31, 0.7)]
    let objective = FitObjective(tuples, temperature: 0.05, entropyPenalty: 1e-3)
    let point = RandomKey(seed: 2).normals(26).map { 0.2 * $0 + 0.1 }
    let value = objective.valueAndGradient(point).value
    #expect(objective.valueAndGradient(point.map { -$0 }).value == value)
    // A direction orthogonal to 1 and to g: 24 of 26 dimensions are of this kind.
    let g = tuples[0].losses.generalizing
    var flat = [Double](repeating: 0, count: 26)
    (flat[3], flat[11], flat[20]) = (g[11] - g[20], g[20] - g[3], g[3] - g[11])
    let moved = objective.valueAndGradient(zip(point, flat).map { $0 + 50 * $1 }).value
    #expect(abs(moved - value) < 1e-12, "\(moved) against \(value)")
  }
}
