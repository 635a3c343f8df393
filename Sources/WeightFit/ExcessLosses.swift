// SPDX-License-Identifier: MIT

/// The two excess losses of one tuple over the memorizing denoiser, in clean space, divided by d s.
///
/// Partially memorizing: one value per capacity M, or one per capacity and time; generalizing: one per time.
public struct ExcessLosses: Sendable, Hashable {
  /// The capacities M over which the crossing is sought, ascending.
  public let capacities: [Int]
  /// Row-major (capacities, times); (capacities, 1) where it does not depend on time.
  let partial: [Double]
  /// (times).
  public let generalizing: [Double]

  /// C of the closed form; nil of measured losses.
  public let constant: Double?

  private init(capacities: [Int], partial: [Double], generalizing: [Double], constant: Double? = nil) {
    (self.capacities, self.partial) = (capacities, partial)
    (self.generalizing, self.constant) = (generalizing, constant)
  }

  private var partialIsConstant: Bool { partial.count == capacities.count }

  /// The most capacities of the closed forms: beyond, M/N is resolved to a thousandth, far below what a sweep measures.
  public static let mostCapacities = 1000

  /// The closed forms (18) and (19) divided by d s: `1 / (psi_t s + 1)` and `C (1 - M/N)`, M = 1..N; of N above
  /// `mostCapacities` that many, equally spaced up to N, so that the cost does not grow with N.
  ///
  /// `signalToNoise`: psi_t at the L times of the study.
  public static func closedForm(
    samples: Int, signalToNoise: [Double], variance: Double = 1, constant: Double = 1
  ) -> ExcessLosses {
    precondition(samples >= 1 && variance > 0 && constant > 0, "N \(samples), s \(variance), C \(constant)")
    let count = min(samples, mostCapacities)
    let capacities = count == samples ? Array(1...samples) : (1...count).map { $0 * samples / count }
    return ExcessLosses(
      capacities: capacities, partial: capacities.map { constant * (1 - Double($0) / Double(samples)) },
      generalizing: signalToNoise.map { 1 / ($0 * variance + 1) }, constant: constant)
  }

  /// Whether every number can be reckoned with.
  var isFinite: Bool { partial.allSatisfy(\.isFinite) && generalizing.allSatisfy(\.isFinite) }

  /// What an evaluation costs, in capacities of a closed form.
  var work: Int { capacities.count + (partialIsConstant ? 0 : partial.count / 10) }

  /// Measured excess losses divided by d s: `partial[i][l]` at capacity i and time l, `generalizing[l]`.
  public static func measured(
    capacities: [Int], partial: [[Double]], generalizing: [Double]
  ) -> ExcessLosses {
    precondition(
      !capacities.isEmpty && partial.count == capacities.count
        && partial.allSatisfy { $0.count == generalizing.count } && generalizing.count > 1,
      "\(capacities.count) capacities, \(partial.count) rows, \(generalizing.count) times")
    return ExcessLosses(capacities: capacities, partial: partial.flatMap { $0 }, generalizing: generalizing)
  }

  /// `1 - rho / C`, where the closed form `C (1 - M/N)` equals rho; nil of measured losses.
  func crossover(rho: Double) -> Double? {
    guard let constant else { return nil }
    return 1 - rho / constant
  }

  /// `S(M) = sum_l w_l (partial(t_l, M) - generalizing(t_l))`, one value per capacity.
  func differences(_ weights: [Double]) -> [Double] {
    let offset = zip(weights, generalizing).reduce(0) { $0 + $1.0 * $1.1 }
    if partialIsConstant {
      let total = weights.reduce(0, +)
      return partial.map { total * $0 - offset }
    }
    let times = generalizing.count
    return capacities.indices.map { row in
      (0..<times).reduce(-offset) { $0 + weights[$1] * partial[row * times + $1] }
    }
  }

  /// Adds the gradient of `sum_M slopes_M S(M)` with respect to the weights.
  func addGradient(_ slopes: [Double], to gradient: inout [Double]) {
    let total = slopes.reduce(0, +)
    if partialIsConstant {
      let product = zip(slopes, partial).reduce(0) { $0 + $1.0 * $1.1 }
      for time in gradient.indices { gradient[time] += product - generalizing[time] * total }
      return
    }
    let times = generalizing.count
    for time in gradient.indices { gradient[time] -= generalizing[time] * total }
    for row in capacities.indices {
      for time in 0..<times { gradient[time] += slopes[row] * partial[row * times + time] }
    }
  }
}
