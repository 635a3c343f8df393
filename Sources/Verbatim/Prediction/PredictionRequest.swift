// SPDX-License-Identifier: MIT
public import Experiments
internal import Kernels
public import Prediction
public import Theory

/// Where the transition of one configuration should be, in units of M/N, without any training.
///
///     let outcome = try PredictionRequest(dimension: 50, trueComponents: 12, samples: 200).run()
///     for one in outcome.predictions { print(one.method.rawValue, one.half.value ?? .nan) }
public struct PredictionRequest: Sendable {
  /// All but N.
  public let configuration: Configuration
  /// N, 2 to 10^12; nil where it is asked for (`findsSafeSamples`).
  public let samples: Int?
  /// M: does a model of this capacity generalize, and how sure is that?
  public let capacity: Int?
  /// Empty: all that answer in about a second.
  public var methods: Set<PredictionMethod> = []
  /// Hard EM, and the searches for what is safe by it, however long they take.
  public var alwaysClusters = false
  /// Draws of data and start over which hard EM averages, 2 or more; nil: 4 to 16, fewer for large N.
  public var repeats: Int?
  /// The largest M whose ratio stays under a tenth with 95 % probability.
  public var findsSafeComponents = false
  /// The N at which `capacity` does.
  public var findsSafeSamples = false
  /// nil for all processors. Numbers do not depend on it.
  public var threads: Int?

  /// The N that predictions take.
  public static let sampleBounds = 2...1_000_000_000_000

  /// Throws `RequestError` for N or M out of range.
  public init(_ configuration: Configuration, samples: Int?, capacity: Int? = nil) throws(RequestError) {
    if let samples, !Self.sampleBounds.contains(samples) {
      throw RequestError("samples: '\(samples)' is not allowed; allowed: a whole number from 2 to 10^12")
    }
    let most = samples ?? Self.sampleBounds.upperBound
    if let capacity, !(1...most).contains(capacity) {
      throw RequestError("capacity: '\(capacity)' is not allowed; allowed: a whole number from 1 to \(most)")
    }
    var configuration = configuration
    configuration.data.samples = samples ?? max(2, capacity ?? 2)
    (self.configuration, self.samples, self.capacity) = (configuration, samples, capacity)
  }

  /// d, K and N, and what further settings of a study say. Throws `StudyError` too.
  public init(
    dimension: Int, trueComponents: Int, samples: Int?, settings: StudySettings = StudySettings(),
    capacity: Int? = nil
  ) throws {
    var settings = settings
    (settings.dimension, settings.trueComponents) = ([dimension], [trueComponents])
    try self.init(Self.configuration(settings), samples: samples, capacity: capacity)
  }

  /// The one configuration that settings describe, without N: studies train, so they bound it.
  ///
  /// Throws `StudyError`, and `RequestError` for several configurations or a law without a transition.
  public static func configuration(_ settings: StudySettings) throws -> Configuration {
    // As few samples as serve; the right number is put in their place.
    var settings = settings
    (settings.samples, settings.losses, settings.refinement) = ([10], false, 0)
    let study = try Study(settings, name: "predict")
    guard study.configurations.count == 1 else {
      throw RequestError("predict takes one configuration; allowed: one value for each option")
    }
    let configuration = study.configurations[0]
    guard configuration.data.variance > 0 else {
      throw RequestError(
        "variance: '\(configuration.data.variance)' gives no transition to predict; allowed: a number above 0")
    }
    return configuration
  }

  /// Whether hard EM on draws of data is run: by a method, or by a search for what is safe.
  public var simulates: Bool {
    findsSafeComponents || findsSafeSamples || alwaysClusters
      || chosen(for: Predictor(configuration)).contains(where: \.simulates)
  }

  /// False where a method that was asked for draws data that do not fit into memory.
  public var fitsMemory: Bool {
    let draws = alwaysClusters || methods.contains(where: \.simulates)
    return !draws || Predictor(configuration).canDraw
  }

  /// Predicts. `isCancelled` is asked between the methods.
  ///
  /// Throws `RequestError` for what cannot be asked, `SafeBudget.Problem` where nothing is known to be safe, and
  /// `CancellationError`.
  public func run(isCancelled: () -> Bool = { false }) throws -> PredictionOutcome {
    try check()
    let workers = try Workers(threads: Processors.threads(threads))
    var configuration = configuration
    let first = Predictor(configuration, repeats: repeats, workers: workers)
    let safeSamples =
      findsSafeSamples
      ? try SafeBudget(predictor: first, alwaysClusters: alwaysClusters).samples(components: max(capacity ?? 2, 2))
      : nil
    // The N found stands in for a missing one.
    if let safeSamples, samples == nil { configuration.data.samples = safeSamples.value }
    let predictor = Predictor(configuration, repeats: repeats, workers: workers)
    let safeComponents =
      findsSafeComponents ? try SafeBudget(predictor: predictor, alwaysClusters: alwaysClusters).components() : nil
    var predictions: [MethodPrediction] = []
    for method in chosen(for: predictor) {
      if isCancelled() { throw CancellationError() }
      predictions.append(predictor.prediction(method))
    }
    return PredictionOutcome(
      predictor: predictor, predictions: predictions, capacity: capacity, safeComponents: safeComponents,
      safeSamples: safeSamples)
  }

  private func check() throws(RequestError) {
    if let repeats, !(2...1000).contains(repeats) {
      throw RequestError("repeats: '\(repeats)' is out of range; allowed: 2 to 1000")
    }
    guard samples != nil || findsSafeSamples else {
      throw RequestError("samples: are missing; they may be left out only where they are asked for")
    }
    guard fitsMemory else {
      throw RequestError(
        "samples: '\(configuration.data.samples)' in \(configuration.data.dimension) dimensions are too many for hard "
          + "EM, which draws them; allowed: N d up to 10^8")
    }
  }

  /// Those asked for; else all that answer in about a second.
  private func chosen(for predictor: Predictor) -> [PredictionMethod] {
    PredictionMethod.allCases.filter { method in
      if method == .hardEM && alwaysClusters { return true }
      return methods.isEmpty ? predictor.isCheap(method) : methods.contains(method)
    }
  }
}

/// What the methods predict for one configuration.
public struct PredictionOutcome: Sendable {
  /// What predicted, with the configuration.
  public let predictor: Predictor
  /// One for each method, in the order of `PredictionMethod`.
  public let predictions: [MethodPrediction]
  /// As in the request.
  public let capacity: Int?
  /// What was asked for: M, N.
  public let safeComponents, safeSamples: SafeBudget.Answer?

  /// The numbers as one JSON document.
  public var document: PredictionDocument {
    PredictionDocument(
      predictor, predictions: predictions, components: capacity, safeComponents: safeComponents,
      safeSamples: safeSamples)
  }
}
