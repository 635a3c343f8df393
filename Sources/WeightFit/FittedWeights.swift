// SPDX-License-Identifier: MIT
internal import Foundation
internal import Kernels

/// The fitted weighting lambda~: the best of several optimized starting points, and all of them.
///
/// lambda~ is not identifiable. With the closed forms S(M) = A C (1 - M/N) - B, A = sum lambda~_l and
/// B = sum lambda~_l / (psi_l s + 1): of L weights two numbers matter, and of these A is only an inverse temperature.
/// The crossing is `M/N = 1 - rho / C` with the one number `rho = B / A`, whatever d, K and N are.
public struct FittedWeights: Sendable, Hashable {
  /// One optimized starting point.
  public struct Start: Sendable, Hashable {
    /// Oriented so that their sum is not negative (the objective is even).
    public let weights: [Double]
    /// The value of (311) there.
    public let objective: Double
    /// The largest component of the gradient there.
    public let gradientNorm: Double
    /// Of both stages: without and with the entropy penalty.
    public let iterations: Int
    /// Whether the last stage ended at a minimum rather than at the most iterations.
    public let converged: Bool
  }

  /// By objective, best first.
  public let starts: [Start]

  /// lambda~ of the best start, one weight for each time.
  public var weights: [Double] { starts[0].weights }
  /// The start of the smallest objective.
  public var best: Start { starts[0] }

  /// Fits the weights to at least one tuple; all tuples have the same number of times.
  public init(_ tuples: [FitTuple], settings: FitSettings = FitSettings()) {
    precondition(!tuples.isEmpty && settings.starts >= 1, "\(tuples.count) tuples, \(settings.starts) starts")
    let times = tuples[0].losses.generalizing.count
    precondition(tuples.allSatisfy { $0.losses.generalizing.count == times }, "tuples of different time grids")
    let stages = [0, settings.entropyPenalty].map {
      FitObjective(tuples, temperature: settings.temperature, entropyPenalty: $0)
    }
    starts = (0..<settings.starts).map { index in
      Self.optimize(stages, from: Self.start(index, times: times, seed: settings.seed), settings)
    }.sorted { $0.objective < $1.objective }
  }

  /// First without the entropy penalty, then with it: at a sharp softmax the objective is nearly flat in the place of
  /// the crossing, so the place is found while the softmax is wide, as in annealing.
  private static func optimize(_ stages: [FitObjective], from start: [Double], _ settings: FitSettings) -> Start {
    var search = LimitedMemoryBFGS()
    search.mostIterations = settings.mostIterations
    var (point, iterations) = (start, 0)
    var outcome: LimitedMemoryBFGS.Outcome?
    for objective in stages {
      let found = search.minimize(from: point, objective.valueAndGradient)
      (point, iterations, outcome) = (found.point, iterations + found.iterations, found)
    }
    guard let outcome else { preconditionFailure("no stage was run") }
    let sign = point.reduce(0, +) < 0 ? -1.0 : 1.0
    return Start(
      weights: point.map { sign * $0 }, objective: outcome.value, gradientNorm: outcome.gradientNorm,
      iterations: iterations, converged: outcome.converged)
  }

  /// Random weights, tilted at random towards small or large times so that every crossing occurs, and of sum 1, 4, 16
  /// or 64 in turn (the sum is the inverse temperature): local minima differ in both.
  private static func start(_ index: Int, times: Int, seed: UInt64) -> [Double] {
    let key = RandomKey(seed: seed).child("fit").child("start").child(index)
    let tilt = 4 * key.child("tilt").normals(1)[0]
    let draws = key.child("weights").uniforms(times).enumerated().map { time, draw in
      draw * exp(tilt * (Double(time) / Double(max(1, times - 1)) - 0.5))
    }
    let total = draws.reduce(0, +)
    let scale = pow(4, Double(index % 4))
    return draws.map { scale * $0 / total }
  }

  /// `rho = sum lambda~_l g_l / sum lambda~_l`, g the generalizing excess loss divided by d s: 1/(psi_l s + 1).
  public static func rho(_ weights: [Double], generalizing: [Double]) -> Double {
    zip(weights, generalizing).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }
}
