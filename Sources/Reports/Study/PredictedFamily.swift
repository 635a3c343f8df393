// SPDX-License-Identifier: MIT
internal import Experiments
internal import Figures
internal import Memorization
internal import Prediction
internal import Statistics
internal import Theory

/// A family beside its predictions: measured M_pt/N, and the crossing that each method gives.
struct PredictedFamily {
  let family: Family
  let prediction: StudyPrediction?

  /// nil without a transition in range.
  var measured: (value: Double, low: Double, high: Double)? { family.halfInterval }

  /// Why nothing was measured, in a word or three; nil with a measurement, or without any ratio.
  var absence: String? {
    let ratios = family.plotted.flatMap(\.points).map(\.measured.ratio.value)
    guard measured == nil, let largest = ratios.max() else { return nil }
    return largest < 0.5 ? "never" : "not in range"
  }

  /// A column of the tables: its name, and its number for a family.
  struct Method: Sendable {
    let name: String
    let value: @Sendable (StudyPrediction) -> Double?
  }

  /// The methods on fresh draws, in the order of `PredictionMethod`.
  static let methods: [Method] = PredictionMethod.allCases.map { method in
    Method(name: method.rawValue) { prediction in prediction.methods.first { $0.method == method }?.half.value }
  }

  /// What is no prediction that a user could have, but says why one fails or holds.
  static let diagnostics: [Method] =
    [Method(name: "finite-size-training-loss") { $0.trainingLossCrossover }]
    + [PredictionMethod.hardEM, .hardEMSampled].map { method in
      Method(name: "\(method.rawValue)-same-data") { $0.sameData[method] }
    }

  /// Start and end of the transition by the methods that know more than its middle: for the file.
  static let ends: [Method] = [PredictionMethod.hardEMFormula, .hardEM, .hardEMSampled].flatMap { method in
    [
      Method(name: "\(method.rawValue)-start") { one in one.methods.first { $0.method == method }?.start?.value },
      Method(name: "\(method.rawValue)-end") { one in one.methods.first { $0.method == method }?.end?.value },
    ]
  }

  func value(_ method: Method) -> Double? { prediction.flatMap(method.value) }

  /// In the order of the families.
  static func join(_ families: [Family], _ predictions: [StudyPrediction]) -> [PredictedFamily] {
    families.map { family in
      PredictedFamily(
        family: family, prediction: predictions.first { $0.configuration == family.configuration })
    }
  }

  /// What sets each family apart from the others, in words; its d, K, N where there is one.
  static func names(_ families: [PredictedFamily]) -> [MarkedText] {
    func all<Value: Hashable>(_ path: (Family) -> Value) -> Bool { Set(families.map { path($0.family) }).count > 1 }
    let (d, k, n) = (all(\.dimension), all(\.trueComponents), all(\.samples))
    return families.map { one in
      let family = one.family
      let parts = [
        d ? "*d* = \(family.dimension)" : "", k ? "*K* = \(family.trueComponents)" : "",
        n ? "*N* = \(family.samples)" : "", family.distinction,
      ].filter { !$0.isEmpty }
      return MarkedText(parts.isEmpty ? family.name : parts.joined(separator: ", "))
    }
  }
}
