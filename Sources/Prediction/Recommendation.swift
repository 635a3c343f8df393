// SPDX-License-Identifier: MIT
internal import Memorization
public import Theory

/// Which of several predictions of one setting to rely on.
///
/// That of the smallest expected error; of equals, and where nothing was measured, the later one, which knows more of
/// the configuration. That there is no transition up to M = N is an answer as good as a crossing. With copies or unequal
/// weights of the components only hard EM on data that have them counts: losses and the formula ignore both.
public struct Recommendation: Sendable {
  /// nil where no prediction is usable.
  public let prediction: MethodPrediction?
  private let setting: PredictionSetting

  /// Chooses among `predictions` by the errors that were measured where settings are like `setting`.
  public init(_ predictions: [MethodPrediction], _ setting: PredictionSetting) {
    self.setting = setting
    func error(_ one: MethodPrediction) -> Double { PredictionError.expected(one.method, setting)?.half ?? 1 }
    let knowsLaw = { (method: PredictionMethod) in method.simulates || !setting.others.contains(.law) }
    prediction = predictions.reversed().filter { $0.isAnswer && knowsLaw($0.method) }.min { error($0) < error($1) }
  }

  /// Of the crossing; nil without one, and where nothing like it was measured.
  public var expectedError: Double? {
    guard let prediction, prediction.half.value != nil else { return nil }
    return PredictionError.expected(prediction.method, setting)?.half
  }

  /// What a model of capacity M/N does: by the predicted start and end, or by the middle and the usual width.
  public func verdict(share: Double) -> Verdict? {
    guard let prediction else { return nil }
    let errors = PredictionError.expected(prediction.method, setting)?.ends
    if let ends = prediction.ends { return Verdict(share: share, start: ends.start, end: ends.end, errors: errors) }
    return prediction.half.value.map { half in
      Verdict(
        share: share, start: half - PredictionError.startBeforeHalf.mean,
        end: half + PredictionError.endAfterHalf.mean, errors: errors)
    }
  }
}
