// SPDX-License-Identifier: MIT
internal import Foundation
internal import HardEM
internal import Memorization
internal import Statistics
internal import Theory

/// A share M/N below which one run stays under a memorization ratio of a tenth, with a probability of 95 %.
struct SafeStart {
  /// Infinite where the ratio never reaches a tenth.
  let share: Double
  let method: PredictionMethod
  let promise: String

  /// Where nobody measured the error of the formula's start.
  private static let unknownError = 0.03

  /// Hard EM sampled where it is cheap or asked for; else the formula, if it knows the law of the data; else nil.
  init?(_ predictor: Predictor, alwaysClusters: Bool) {
    guard predictor.obstacle(.hardEMSampled) == nil else { return nil }
    if predictor.canDraw && (alwaysClusters || predictor.isCheap(.hardEMSampled)) {
      self.init(starts: predictor.sampledStarts())
    } else {
      self.init(formula: predictor)
    }
  }

  /// The low end of the 95 % prediction interval of one further run: draws without a start count as one at M = N.
  private init(starts: [Double?]) {
    method = .hardEMSampled
    promise = "95 % of runs, by hard-em-sampled: below the 95 % prediction interval of the start"
    let isNever = starts.allSatisfy { $0 == nil }
    share = isNever ? .infinity : SampleSpread.predictionInterval(starts.map { $0 ?? 1 }).low
  }

  /// 1.96 expected errors before the formula's start.
  private init?(formula predictor: Predictor) {
    let setting = PredictionSetting(predictor.configuration)
    guard let formula = predictor.formula, !setting.others.contains(.law) else { return nil }
    method = .hardEMFormula
    let known = PredictionError.expected(.hardEMFormula, setting)?.start
    let error = known ?? Self.unknownError
    promise =
      "95 % of runs, by hard-em-formula: "
      + String(format: "1.96 times its start's error of %.3f before that start", error)
      + (known == nil ? "; this error is assumed, because nothing similar was measured" : "")
    share = (formula.crossing(of: TransitionFit.levels.start) ?? 0) - 1.96 * error
  }
}
