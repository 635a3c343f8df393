// SPDX-License-Identifier: MIT
import Diffusion
import Experiments
import Foundation
import Memorization
import Prediction
import Theory

/// What `verbatim predict --json` prints. Other programs rely on it: names and meanings are stable.
struct PredictDocument: Encodable {
  struct Method: Encodable {
    let name: PredictionMethod
    /// M_pt/N; null where the losses, or the predicted ratio and one half, do not cross.
    let crossover: Double?
    /// Hard EM: where one laboratory run should fall, were hard EM exact.
    let interval: (low: Double?, high: Double?)?

    init(_ prediction: MethodPrediction) {
      (name, crossover) = (prediction.method, prediction.half.value)
      interval = name.simulates ? (prediction.half.low, prediction.half.high) : nil
    }

    private enum Keys: String, CodingKey { case name, crossover, low, high }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(name, forKey: .name)
      try container.encode(crossover, forKey: .crossover)
      guard let interval else { return }
      try container.encode(interval.low, forKey: .low)
      try container.encode(interval.high, forKey: .high)
    }
  }

  struct Stated: Encodable {
    let name: String
    let holds: Bool
    let detail: String
  }

  let schema = 1
  let dimension, trueComponents, samples: Int
  let variance: Double
  let methods: [Method]
  /// The method with the smallest expected error here; hard-em although it was not run where none above is usable.
  let recommended: PredictionMethod
  let expectedError: Nullable<Double>
  let assumptions: [Stated]
  /// Present with -M.
  let components: Int?
  let verdict: Verdict?
  /// Present when asked for.
  let safeComponents, safeSamples: Int?

  init(
    _ configuration: Configuration, times: [Double], process: any DiffusionProcess, predictions: [MethodPrediction],
    components: Int?, safeComponents: Int?, safeSamples: Int?
  ) {
    let (data, setting) = (configuration.data, PredictionSetting(configuration))
    (dimension, trueComponents) = (data.dimension, data.trueComponents)
    (samples, variance) = (data.samples, data.variance)
    methods = predictions.map { Method($0) }
    let best = Self.best(predictions, setting)
    recommended = best?.method ?? .hardEM
    expectedError = Nullable(value: PredictionError.expected(recommended, setting)?.half)
    let middle = best?.half.value.map { Int(($0 * Double(data.samples)).rounded()) } ?? data.samples
    assumptions = Assumption.all(
      setting, components: min(max(components ?? middle, 1), data.samples), process: process, times: times
    ).map { Stated(name: $0.name, holds: $0.holds, detail: $0.detail) }
    (self.components, self.safeComponents, self.safeSamples) = (components, safeComponents, safeSamples)
    verdict = components.flatMap { Self.verdict($0, samples: data.samples, best: best, setting) }
  }

  /// The prediction of the smallest expected error; of equals, and where nothing was measured, the later one, which
  /// knows more of the configuration.
  private static func best(_ predictions: [MethodPrediction], _ setting: PredictionSetting) -> MethodPrediction? {
    func error(_ one: MethodPrediction) -> Double { PredictionError.expected(one.method, setting)?.half ?? 1 }
    return predictions.reversed().filter { $0.half.value != nil }.min { error($0) < error($1) }
  }

  /// From a predicted start and end, or from the middle and the usual width; nil where no method is usable.
  private static func verdict(
    _ components: Int, samples: Int, best: MethodPrediction?, _ setting: PredictionSetting
  ) -> Verdict? {
    guard let best, let half = best.half.value else { return nil }
    let errors = PredictionError.expected(best.method, setting)?.ends
    let share = Double(components) / Double(samples)
    guard best.start != nil || best.end != nil else {
      return Verdict(
        share: share, start: half - PredictionError.startBeforeHalf.mean,
        end: half + PredictionError.endAfterHalf.mean, errors: errors)
    }
    return Verdict(share: share, start: best.start?.value, end: best.end?.value, errors: errors)
  }
}

/// A number that is written as null where there is none, not left out.
struct Nullable<Value: Encodable>: Encodable {
  let value: Value?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}

extension PredictDocument {
  /// The same for a person.
  var text: String {
    var lines = ["d=\(dimension) K=\(trueComponents) N=\(samples) variance=\(variance): predicted M_pt/N"]
    for method in methods {
      var line = "  " + method.name.rawValue.padding(toLength: 16, withPad: " ", startingAt: 0)
      line += method.crossover.map { String(format: "%.3f", $0) } ?? "none: no crossing in range"
      if let interval = method.interval, let low = interval.low, let high = interval.high {
        line += String(format: "  [%.3f, %.3f]", low, high)
      }
      lines.append(line)
    }
    lines.append(recommendation)
    if let components, let verdict {
      lines.append(
        String(
          format: "M=%d (M/N = %.3f): %@ (confidence %@)", components, Double(components) / Double(samples),
          verdict.outcome.rawValue,
          verdict.confidence.map { String(format: "%.0f %%", 100 * $0) } ?? "unknown: nothing like it was measured"))
    }
    if let safeComponents { lines.append("safe components (ratio under 10 %): M <= \(safeComponents)") }
    if let safeSamples { lines.append("safe samples (ratio under 10 %): N >= \(safeSamples)") }
    let failing = assumptions.filter { !$0.holds }
    if failing.isEmpty { lines.append("all assumptions of the closed forms hold") }
    for one in failing { lines.append("fails: \(one.name): \(one.detail)") }
    return lines.joined(separator: "\n")
  }

  private var recommendation: String {
    guard methods.contains(where: { $0.name == recommended }) else {
      return "recommended: hard-em (add --hard-em); no method above is usable here"
    }
    return "recommended: \(recommended.rawValue)"
      + (expectedError.value.map { String(format: ", expected error %.3f", $0) }
        ?? "; its error is unknown here: nothing like it was measured")
  }
}
