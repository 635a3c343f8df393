// SPDX-License-Identifier: MIT
internal import Statistics

/// A fit on some tuples, judged on them and on others.
public struct FitEvaluation: Sendable, Hashable {
  /// What was left out: `share 0.25`, `N = 50`, `K = 3`.
  public let name: String
  /// The weights, fitted to the training tuples.
  public let fitted: FittedWeights
  /// Mean M_pt/N of the training tuples: the baseline.
  public let constant: Double
  /// Errors on the tuples that were fitted.
  public let train: FitErrors
  /// nil where nothing was left out.
  public let test: FitErrors?
  /// The tuples that were left out.
  public let testTuples: [FitTuple]

  /// Fits to `train`, at least one tuple, and judges on both; `test` may be empty.
  public init(name: String, train: [FitTuple], test: [FitTuple], settings: FitSettings) {
    precondition(!train.isEmpty, "the fit '\(name)' has no tuples to train on")
    let fitted = FittedWeights(train, settings: settings)
    let constant = train.map(\.measured).mean
    func errors(_ tuples: [FitTuple]) -> FitErrors? {
      FitErrors(fitted.weights, on: tuples, constant: constant, temperature: settings.temperature)
    }
    guard let onTrain = errors(train) else { preconditionFailure("no tuples") }
    (self.name, self.fitted, self.constant) = (name, fitted, constant)
    (self.train, self.test, testTuples) = (onTrain, errors(test), test)
  }
}
