// SPDX-License-Identifier: MIT
public import WeightFit

/// The regression of loss weights lambda~ on the measured M_pt of a sweep, and what it can show.
///
///     let outcome = try FitRequest(FitInput(path: "Runs/sweep")).run()
///     print(outcome.study.rho ?? .nan)
public struct FitRequest: Sendable {
  /// The measured transitions.
  public var input: FitInput
  /// C of the partially memorizing loss C (1 - M/N); without meaning for measured losses.
  public var constant: Double
  /// Temperature, penalty, starts, seed and share of the test.
  public var settings: FitSettings

  /// The paper's settings with C = 1 unless said otherwise; nothing is computed here.
  public init(_ input: FitInput, constant: Double = 1, settings: FitSettings = FitSettings()) {
    (self.input, self.constant, self.settings) = (input, constant, settings)
  }

  /// The tuples with a transition in range. Throws `FitError` where they are too many for so many starts.
  public func tuples() throws(FitError) -> [FitTuple] {
    try input.tuples(constant: constant, starts: settings.starts)
  }

  /// Fits, with folds that leave out one N, d or K; three minutes at most. `warning` is told before the fit what the
  /// outcome says too. Throws `FitError`.
  public func run(warning: (String) -> Void = { _ in }) throws(FitError) -> FitOutcome {
    let tuples = try tuples()
    let leftOut = input.rows.count - tuples.count
    let words = "\(input.path): \(leftOut) of \(input.rows.count) tuples have no M_pt in range and are left out"
    if leftOut > 0 { warning(words) }
    return FitOutcome(
      input: input, study: try FitStudy(tuples, times: input.times, settings: settings), leftOut: leftOut,
      warnings: input.warnings + (leftOut > 0 ? [words] : []))
  }
}

/// A regression with its data.
public struct FitOutcome: Sendable {
  /// What was fitted.
  public let input: FitInput
  /// Weights, split, folds and their errors.
  public let study: FitStudy
  /// Tuples without a transition in range.
  public let leftOut: Int
  /// What was left out, of the folder and of the tuples.
  public let warnings: [String]

  /// The numbers as one JSON document.
  public var document: FitDocument { FitDocument(study, leftOut: leftOut, measuredLosses: !input.losses.isEmpty) }
}
