// SPDX-License-Identifier: MIT
internal import Foundation
internal import Reports
public import WeightFit

/// A fit as one JSON document. Other programs rely on it: names and meanings are stable.
public struct FitDocument: Sendable, Encodable {
  /// A fit on some tuples and its test on the others.
  public struct Fold: Sendable, Encodable {
    /// What the fit did not see: `share 0.25`, `N = 50`.
    public let leftOut: String
    /// Mean M_pt/N of the tuples that were fitted: the constant to compare with.
    public let trainMean: Double
    /// Errors on the tuples that were fitted.
    public let train: FitErrors
    /// Errors on the tuples that were left out; nil where none were.
    public let test: FitErrors?

    init(_ evaluation: FitEvaluation) {
      (leftOut, trainMean) = (evaluation.name, evaluation.constant)
      (train, test) = (evaluation.train, evaluation.test)
    }
  }

  /// Of the random starts the best.
  public struct Optimizer: Sendable, Encodable {
    /// Random starts, how many of them converged, and the iterations of the best.
    public let starts, converged, iterations: Int
    /// The value of (311) at the best start, and the largest component of its gradient there.
    public let objective, gradientNorm: Double
  }

  /// The version of this format.
  public let schema = 1
  /// Tuples (d, K, N) with a transition in range.
  public let tuples: Int
  /// Tuples without a transition in range.
  public let leftOut: Int
  /// `closed-form` or `measured`.
  public let losses: String
  /// C; absent with measured losses.
  public let constant: Double?
  /// tau, and the factor of the entropy.
  public let temperature, entropyPenalty: Double
  /// Of the starts and of the split into train and test.
  public let seed: UInt64
  /// t_l, descending, and lambda~ at each of them.
  public let times, lambda: [Double]
  /// Whether lambda~ is determined by the data: it never is, as `statements` say.
  public let identifiable = false
  /// One number says all that lambda says: M/N = 1 - rho/C.
  public let rho, impliedCrossover: Double?
  /// Directions of lambda~ that change no prediction; nil with measured losses.
  public let freeDirections: Int?
  /// Variance of M_pt/N over all tuples.
  public let variance: Double
  /// The fit to a random part of the tuples, tested on the rest.
  public let split: Fold
  /// Fits that leave out one N, d or K each.
  public let folds: [Fold]
  /// How well the optimizer did for `split`.
  public let optimizer: Optimizer
  /// What the numbers can and cannot show, in sentences.
  public let statements: [String]

  /// `leftOut`: tuples without a transition in range; `measuredLosses`: whether the losses were measured.
  public init(_ study: FitStudy, leftOut: Int, measuredLosses: Bool) {
    (tuples, self.leftOut, variance) = (study.tuples.count, leftOut, study.variance)
    losses = measuredLosses ? "measured" : "closed-form"
    constant = study.tuples[0].losses.constant
    (temperature, entropyPenalty) = (study.settings.temperature, study.settings.entropyPenalty)
    (seed, times, lambda) = (study.settings.seed, study.times, study.split.fitted.weights)
    (rho, impliedCrossover, freeDirections) = (study.rho, study.impliedConstant, study.freeDirections)
    (split, folds) = (Fold(study.split), study.folds.map(Fold.init))
    statements = FitStatement.all(study)
    let (all, best) = (study.split.fitted.starts, study.split.fitted.best)
    optimizer = Optimizer(
      starts: all.count, converged: all.count { $0.converged }, iterations: best.iterations,
      objective: best.objective, gradientNorm: best.gradientNorm)
  }

  /// The same for a terminal.
  public var text: String {
    let out = leftOut == 0 ? "" : ", \(leftOut) more without a transition in range left out"
    var lines = [
      "\(tuples) tuples (d, K, N)\(out); variance of M_pt/N \(Self.short(variance))",
      "                         mean squared error of M/N",
      "left out    train/test   train: soft     hard  constant    test: soft     hard  constant   hard-constant (s.e.)",
    ]
    lines += ([split] + folds).map(Self.line)
    if let rho, let impliedCrossover, let freeDirections {
      lines.append(
        String(
          format: "rho = %.4f: M/N = %.4f for every tuple; the training mean is %.4f; ", rho, impliedCrossover,
          split.trainMean) + "\(freeDirections) of \(times.count) directions of lambda~ move no prediction")
    }
    lines.append(
      "optimizer: \(optimizer.converged) of \(optimizer.starts) starts converged; best objective "
        + String(
          format: "%.6g after %d iterations, largest gradient %.1e", optimizer.objective, optimizer.iterations,
          optimizer.gradientNorm))
    return (lines + statements.map { "note: " + $0 }).joined(separator: "\n")
  }

  private static func line(_ fold: Fold) -> String {
    let counts = "\(fold.train.tuples)/\(fold.test?.tuples ?? 0)"
    let train = [fold.train.soft, fold.train.hard, fold.train.constant].map(column).joined()
    let test = fold.test.map { [$0.soft, $0.hard, $0.constant].map(column).joined() } ?? ""
    let difference =
      fold.test.map { test in
        "   \(short(test.hardMinusConstant))" + (test.standardError.map { " (\(short($0)))" } ?? "")
      } ?? ""
    return fold.leftOut.padding(toLength: 12, withPad: " ", startingAt: 0)
      + counts.padding(toLength: 13, withPad: " ", startingAt: 0) + train + "   " + test + difference
  }

  private static func column(_ value: Double) -> String {
    let text = short(value)
    return String(repeating: " ", count: max(1, 10 - text.count)) + text
  }

  private static func short(_ value: Double) -> String { NumberText.formatted("%.2e", value) }
}
