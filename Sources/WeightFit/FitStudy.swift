// SPDX-License-Identifier: MIT
internal import Foundation
internal import Kernels
internal import Statistics

/// The whole regression on a sweep: a seeded split into train and test, and the folds that leave out one N, d or K.
public struct FitStudy: Sendable, Hashable {
  /// The equations of the regression, in the order in which they were given.
  public let tuples: [FitTuple]
  /// The times t_l of the weights, and psi at them.
  public let times: [Double]
  /// What it is run with.
  public let settings: FitSettings
  /// The fit to a random part of the tuples, judged on the rest.
  public let split: FitEvaluation
  /// One for each value of N, d and K; a quantity that does not vary has none.
  public let folds: [FitEvaluation]

  /// The most that a study may cost: capacities times fits times starts. About three minutes.
  public static let mostWork = 50_000_000

  /// Throws `FitError`: fewer than two tuples, losses that are not finite, work for hours.
  public init(_ tuples: [FitTuple], times: [Double], settings: FitSettings = FitSettings()) throws(FitError) {
    guard tuples.count >= 2 else { throw .tooFewTuples(tuples.count) }
    if let wrong = tuples.first(where: { !$0.losses.isFinite }) {
      throw .notFinite(dimension: wrong.dimension, trueComponents: wrong.trueComponents, samples: wrong.samples)
    }
    try Self.requireLittleWork(
      tuples.map { [$0.dimension, $0.trueComponents, $0.samples] }, capacities: Self.capacities(tuples),
      starts: settings.starts)
    (self.tuples, self.times, self.settings) = (tuples, times, settings)
    let (train, test) = Self.divide(tuples, share: settings.testShare, seed: settings.seed)
    split = FitEvaluation(name: "share \(settings.testShare)", train: train, test: test, settings: settings)
    folds =
      Self.folds(tuples, name: "N", settings) { $0.samples }
      + Self.folds(tuples, name: "d", settings) { $0.dimension }
      + Self.folds(tuples, name: "K", settings) { $0.trueComponents }
  }

  /// Throws `FitError.tooMuchWork` before any of it is done. `tuples`: d, K and N of each; `capacities` of all together,
  /// those of one N counted once.
  public static func requireLittleWork(
    _ tuples: [[Int]], capacities: Int, starts: Int
  ) throws(FitError) {
    let values = (0..<3).map { place in Set(tuples.map { $0[place] }).count }
    let fits = 1 + values.filter { $0 > 1 }.reduce(0, +)
    let (inner, overflow) = (capacities + tuples.count / 10).multipliedReportingOverflow(by: fits)
    let (work, overflows) = inner.multipliedReportingOverflow(by: starts)
    guard !overflow, !overflows, work <= mostWork else {
      throw .tooMuchWork(capacities: capacities, fits: fits, starts: starts)
    }
  }

  /// Of the softmaxes of an objective; a measured loss of every time is a tenth of one.
  private static func capacities(_ tuples: [FitTuple]) -> Int {
    var seen: [Int: [ExcessLosses]] = [:]
    var count = 0
    for tuple in tuples where seen[tuple.samples]?.contains(tuple.losses) != true {
      seen[tuple.samples, default: []].append(tuple.losses)
      count += tuple.losses.work
    }
    return count
  }

  /// At least one tuple on each side; all for training where the share is 0.
  static func divide(_ tuples: [FitTuple], share: Double, seed: UInt64) -> (train: [FitTuple], test: [FitTuple]) {
    guard share > 0 else { return (tuples, []) }
    let wanted = Int((share * Double(tuples.count)).rounded())
    let count = min(tuples.count - 1, max(1, wanted))
    let chosen = Set(RandomKey(seed: seed).child("fit").child("split").permutation(tuples.count).prefix(count))
    return (
      tuples.indices.filter { !chosen.contains($0) }.map { tuples[$0] },
      tuples.indices.filter { chosen.contains($0) }.map { tuples[$0] }
    )
  }

  private static func folds(
    _ tuples: [FitTuple], name: String, _ settings: FitSettings, value: (FitTuple) -> Int
  ) -> [FitEvaluation] {
    let values = Set(tuples.map(value)).sorted()
    guard values.count > 1 else { return [] }
    return values.map { left in
      FitEvaluation(
        name: "\(name) = \(left)", train: tuples.filter { value($0) != left },
        test: tuples.filter { value($0) == left }, settings: settings)
    }
  }

  /// rho of the split's weights; nil where the generalizing loss differs between tuples (measured losses).
  public var rho: Double? {
    let generalizing = tuples[0].losses.generalizing
    guard tuples.allSatisfy({ $0.losses.generalizing == generalizing }) else { return nil }
    return FittedWeights.rho(split.fitted.weights, generalizing: generalizing)
  }

  /// The M/N that these weights mean for N without bound: 1 - rho / C; nil as for `rho`.
  public var impliedConstant: Double? { rho.flatMap { tuples[0].losses.crossover(rho: $0) } }

  /// Directions of lambda~ that move no prediction at all: L - 2 with the closed forms.
  public var freeDirections: Int? { rho == nil ? nil : max(0, times.count - 2) }

  /// The split's weights plus a wave without components along 1 and g: other weights, the same predictions.
  ///
  /// `amplitude` is in units of the mean absolute weight; nil as for `rho`, or with fewer than four times.
  public func moved(by amplitude: Double) -> [Double]? {
    guard rho != nil, times.count > 3 else { return nil }
    let (weights, generalizing) = (split.fitted.weights, tuples[0].losses.generalizing)
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    func removing(_ direction: [Double], from vector: [Double]) -> [Double] {
      let factor = dot(vector, direction) / dot(direction, direction)
      return zip(vector, direction).map { $0 - factor * $1 }
    }
    let one = [Double](repeating: 1, count: times.count)
    let slope = removing(one, from: generalizing)
    guard dot(slope, slope) > 1e-12 else { return nil }
    let wave = times.indices.map { sin(6 * Double.pi * Double($0) / Double(times.count - 1)) }
    let free = removing(slope, from: removing(one, from: wave))
    let scale = amplitude * weights.map(abs).reduce(0, +) / Double(times.count)
    return zip(weights, free).map { $0 + scale * $1 }
  }

  /// Variance of M_pt/N over all tuples (n in the denominator): what the constant of all tuples leaves.
  public var variance: Double {
    let measured = tuples.map(\.measured)
    return measured.squares(around: measured.mean) / Double(tuples.count)
  }
}
