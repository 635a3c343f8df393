// SPDX-License-Identifier: MIT
internal import Statistics

/// Mean squared errors of predicted M_pt/N over tuples, for the fit and for the constant that ignores the tuple.
public struct FitErrors: Sendable, Hashable, Codable {
  /// Tuples that the errors are means over.
  public let tuples: Int
  /// With the smoothed choice of M that was optimized.
  public let soft: Double
  /// With the choice of M that the theory means.
  public let hard: Double
  /// The mean M_pt/N of the training tuples as the prediction of every tuple.
  public let constant: Double
  /// Mean of hard minus constant squared error.
  public let hardMinusConstant: Double
  /// Of `hardMinusConstant`, over tuples; nil for one tuple.
  public let standardError: Double?

  /// nil of no tuples.
  public init?(_ weights: [Double], on tuples: [FitTuple], constant: Double, temperature: Double) {
    guard !tuples.isEmpty else { return nil }
    func square(_ x: Double) -> Double { x * x }
    let hard = tuples.map { square($0.hardCrossover(weights) - $0.measured) }
    let baseline = tuples.map { square(constant - $0.measured) }
    let differences = zip(hard, baseline).map { $0 - $1 }
    self.tuples = tuples.count
    soft = tuples.map { square($0.softCrossover(weights, temperature: temperature) - $0.measured) }.mean
    (self.hard, self.constant, hardMinusConstant) = (hard.mean, baseline.mean, differences.mean)
    standardError =
      tuples.count < 2
      ? nil
      : (differences.squares(around: differences.mean) / Double(tuples.count) / Double(tuples.count - 1)).squareRoot()
  }
}
