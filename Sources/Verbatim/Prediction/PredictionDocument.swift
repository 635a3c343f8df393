// SPDX-License-Identifier: MIT
internal import Experiments
internal import Foundation
internal import Memorization
public import Prediction
public import Theory

/// Predictions as one JSON document. Other programs rely on it: names and meanings are stable.
public struct PredictionDocument: Sendable, Encodable {
  /// What one method says.
  public struct Method: Sendable, Encodable {
    /// The method's name.
    public let name: PredictionMethod
    /// M_pt/N; null where the losses, or the predicted ratio and one half, do not cross.
    public let crossover: Double?
    /// Hard EM: where one laboratory run should fall, were hard EM exact.
    public let interval: (low: Double?, high: Double?)?
    /// Why there is no crossover; present without one.
    public let reason: String?

    init(_ prediction: MethodPrediction) {
      (name, crossover) = (prediction.method, prediction.half.value)
      reason = crossover == nil ? prediction.half.reason : nil
      interval = name.simulates ? (prediction.half.low, prediction.half.high) : nil
    }

    private enum Keys: String, CodingKey { case name, crossover, low, high, reason }

    /// `low` and `high` are written for methods that have an interval, null where it has no end.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(name, forKey: .name)
      try container.encode(crossover, forKey: .crossover)
      try container.encodeIfPresent(reason, forKey: .reason)
      guard let interval else { return }
      try container.encode(interval.low, forKey: .low)
      try container.encode(interval.high, forKey: .high)
    }
  }

  /// An assumption of the closed forms.
  public struct Stated: Sendable, Encodable {
    /// Stable short name, such as `coverage`.
    public let name: String
    /// Whether it does here.
    public let holds: Bool
    /// The numbers that decide it, and what failing means.
    public let detail: String
  }

  /// The version of this format.
  public let schema = 1
  /// d, K and N.
  public let dimension, trueComponents, samples: Int
  /// sigma_*^2.
  public let variance: Double
  /// In the order of `PredictionMethod`.
  public let methods: [Method]
  /// The method with the smallest expected error here, of those that know the law of the data; its crossover is null
  /// where it predicts no transition. hard-em although it was not run where none above is usable.
  public let recommended: PredictionMethod
  /// Of the recommended crossover; null without one, and where nothing like it was measured.
  public let expectedError: Nullable<Double>
  /// What the closed forms were derived or tested under, and whether it holds here.
  public let assumptions: [Stated]
  /// Present with -M.
  public let components: Int?
  /// What a model of `components` does; nil without them or without a usable prediction.
  public let verdict: Verdict?
  /// Present when asked for: M or N, the method that decided, and what is promised.
  public let safeComponents, safeSamples: Int?
  /// What decided `safeComponents` or `safeSamples`.
  public let safeMethod: PredictionMethod?
  /// What is promised of them, in words.
  public let safePromise: String?

  /// Numbers that are there already; `predictor` knows the configuration.
  public init(
    _ predictor: Predictor, predictions: [MethodPrediction], components: Int?, safeComponents: SafeBudget.Answer?,
    safeSamples: SafeBudget.Answer?
  ) {
    let data = predictor.configuration.data
    let setting = PredictionSetting(predictor.configuration)
    (dimension, trueComponents) = (data.dimension, data.trueComponents)
    (samples, variance) = (data.samples, data.variance)
    methods = predictions.map { Method($0) }
    let best = Recommendation(predictions, setting)
    recommended = best.prediction?.method ?? .hardEM
    expectedError = Nullable(value: best.expectedError)
    let middle = best.prediction?.half.value.map { Int(($0 * Double(data.samples)).rounded()) } ?? data.samples
    assumptions = Assumption.all(
      setting, components: min(max(components ?? middle, 1), data.samples), process: predictor.process,
      times: predictor.times
    ).map { Stated(name: $0.name, holds: $0.holds, detail: $0.detail) }
    (self.components, self.safeComponents) = (components, safeComponents?.value)
    self.safeSamples = safeSamples?.value
    safeMethod = (safeComponents ?? safeSamples)?.method
    safePromise = (safeComponents ?? safeSamples)?.promise
    verdict = components.flatMap { best.verdict(share: Double($0) / Double(data.samples)) }
  }
}

/// A number that is written as null where there is none, not left out.
public struct Nullable<Value: Encodable & Sendable>: Sendable, Encodable {
  /// nil is written as null.
  public let value: Value?

  /// The number itself, or null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}
