// SPDX-License-Identifier: MIT
import Diffusion
import Experiments
import Foundation
import HardEM
import Memorization
import Theory

/// What `verbatim predict --json` prints. Other programs rely on it: names and meanings are stable.
struct PredictDocument: Encodable {
  struct Method: Encodable {
    let name: PredictionMethod
    /// M_pt/N; null where the losses, or the predicted ratio and one half, do not cross.
    let crossover: Double?
    /// Hard EM: where one laboratory run should fall, were hard EM exact.
    var interval: (low: Double?, high: Double?)?

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
  /// The method with the smallest expected error here; hard-em although it was not run where no other is usable.
  let recommended: PredictionMethod
  let expectedError: Double?
  let assumptions: [Stated]
  /// Present with -M.
  let components: Int?
  let verdict: Verdict?
  /// Present when asked for.
  let safeComponents, safeSamples: Int?

  init(
    _ predictor: Predictor, methods wanted: [PredictionMethod], hardEM: HardEMPrediction?, components: Int?,
    safeComponents: Int?, safeSamples: Int?
  ) {
    let data = predictor.configuration.data
    (dimension, trueComponents) = (data.dimension, data.trueComponents)
    (samples, variance) = (data.samples, data.variance)
    var methods = wanted.map { Method(name: $0, crossover: predictor.crossover($0)) }
    if let half = hardEM?.transition.half {
      methods.append(Method(name: .hardEM, crossover: half.value, interval: (half.low, half.high)))
    }
    self.methods = methods
    let best = Self.best(methods, variance: data.variance, isPaperSetting: predictor.isPaperSetting)
    recommended = best?.name ?? .hardEM
    let error = PredictionError.expected(
      recommended, variance: data.variance, isPaperSetting: predictor.isPaperSetting)
    expectedError = error
    let middle = best?.crossover.map { Int(($0 * Double(data.samples)).rounded()) } ?? data.samples
    let context = AssumptionContext(
      dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples, variance: data.variance,
      components: min(max(components ?? middle, 1), data.samples))
    assumptions = Assumption.all(
      context, process: predictor.configuration.process.process, times: predictor.times,
      isPaperSetting: predictor.isPaperSetting
    ).map { Stated(name: $0.name, holds: $0.holds, detail: $0.detail) }
    (self.components, self.safeComponents, self.safeSamples) = (components, safeComponents, safeSamples)
    verdict = components.flatMap {
      Self.verdict($0, samples: data.samples, best: best, hardEM: hardEM, error: error)
    }
  }

  private static func best(_ methods: [Method], variance: Double, isPaperSetting: Bool) -> Method? {
    func error(_ method: Method) -> Double? {
      method.crossover == nil
        ? nil : PredictionError.expected(method.name, variance: variance, isPaperSetting: isPaperSetting)
    }
    // Of equals the later: it knows more of the configuration.
    return methods.reversed().filter { error($0) != nil }.min { (error($0) ?? 1) < (error($1) ?? 1) }
  }

  /// From hard EM's start and end, or from the middle and the usual width; nil where no method is usable.
  private static func verdict(
    _ components: Int, samples: Int, best: Method?, hardEM: HardEMPrediction?, error: Double?
  ) -> Verdict? {
    guard let best, let error, let half = best.crossover else { return nil }
    let share = Double(components) / Double(samples)
    if best.name == .hardEM, let transition = hardEM?.transition {
      return Verdict(share: share, start: transition.start.value, end: transition.end.value, error: error)
    }
    return Verdict(
      share: share, start: half - PredictionError.startBeforeHalf, end: half + PredictionError.endAfterHalf,
      error: error)
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
          format: "M=%d (M/N = %.3f): %@ (confidence %.0f %%)", components, Double(components) / Double(samples),
          verdict.outcome.rawValue, 100 * verdict.confidence))
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
      + (expectedError.map { String(format: ", expected error %.3f", $0) } ?? "")
  }
}
