// SPDX-License-Identifier: MIT
internal import Denoisers
public import Diffusion
public import Experiments
public import Kernels
public import Theory
internal import Training

/// The predictions of one configuration, method by method: nothing is trained.
///
/// Loss crossings read from the configuration d, K, N, the variance, the process, the training times, and the weight as
/// one of *clean* losses; the formula of hard EM the criterion as well; hard EM also the weights of the
/// law's components and the duplicates; hard EM sampled the sampler and its times too. All hard EM assumes the start of
/// partial memorization: for another start it says nothing.
public struct Predictor: Sendable {
  /// What is predicted for.
  public let configuration: Configuration
  /// Threads of hard EM; no number depends on them.
  public let workers: Workers
  /// Draws of data and start over which hard EM averages.
  public let repeats: Int

  /// `repeats`: nil means as many draws as leave the mean's error well below the spread of one run, 4 to 16 by N.
  public init(_ configuration: Configuration, repeats: Int? = nil, workers: Workers = .serial) {
    let repeats = repeats ?? Self.usualRepeats(configuration)
    precondition(repeats >= 1, "\(repeats) repeats")
    (self.configuration, self.repeats, self.workers) = (configuration, repeats, workers)
  }

  private static func usualRepeats(_ configuration: Configuration) -> Int {
    min(16, max(4, 800 / configuration.data.samples))
  }

  var data: DataSettings { configuration.data }
  /// The configuration's process.
  public var process: any DiffusionProcess { configuration.process.process }
  /// Its training times, descending.
  public var times: [Double] { configuration.times.times(of: process) }

  /// A method that says nothing here gives a null crossing and the reason (`obstacle`).
  public func prediction(_ method: PredictionMethod) -> MethodPrediction {
    if let obstacle = obstacle(method) { return MethodPrediction(method, without: obstacle) }
    if data.images != nil {
      return ImagePredictor(configuration, repeats: repeats, workers: workers)?.prediction(method)
        ?? MethodPrediction(method, without: "the pictures cannot be read")
    }
    return switch method {
    case .closedFormC1: MethodPrediction(method, crossover: closedForm(constant: 1, weights))
    case .closedFormC2: MethodPrediction(method, crossover: closedForm(constant: 2, weights))
    case .alphaSquared: MethodPrediction(method, crossover: closedForm(constant: 1, cleanWeights(.alphaSquared)))
    case .finiteSize: MethodPrediction(method, crossover: finiteSize(weights))
    case .hardEMFormula: formulaPrediction
    case .hardEM: MethodPrediction(method, hardEM(), samples: data.samples)
    case .hardEMSampled: MethodPrediction(method, sampledHardEM(), samples: data.samples)
    }
  }

  /// Why a method says nothing about this configuration; nil where it does.
  public func obstacle(_ method: PredictionMethod) -> String? {
    if let family = configuration.family { return "nothing is known of models of the family '\(family)'" }
    if data.variance <= 0 { return "with a variance of 0 there is no transition to predict" }
    if data.samples < 2 { return "a single training sample has no second-nearest one" }
    guard method.isHardEM else { return nil }
    guard case .partialMemorization = configuration.initialization else {
      return "assumes the partial-memorization start"
    }
    guard method == .hardEMFormula else { return nil }
    if data.images != nil { return "there is no formula for pictures" }
    if data.dimension < 2 { return "the formula needs two dimensions or more" }
    return configuration.evaluation.criterion < 1 ? nil : "the formula needs a criterion below 1"
  }

  /// Whether a method answers in one or two seconds on two threads, with the usual number of repeats.
  public func isCheap(_ method: PredictionMethod) -> Bool {
    let cost = PredictionCost(configuration: configuration, repeats: Self.usualRepeats(configuration))
    return switch method {
    case .hardEM: cost.hardEM <= 0.5
    case .hardEMSampled: cost.sampled <= 4
    default: true
    }
  }

  /// Whether N d numbers can be drawn: 10^8, 0.8 GB. More is for the formula.
  public var canDraw: Bool { Double(data.samples) * Double(data.dimension) <= 1e8 }

  // MARK: Losses

  private func cleanWeights(_ weight: LossWeight) -> [Double] {
    Crossover.cleanWeights(weight, process: process, times: times)
  }

  private var weights: [Double] { cleanWeights(configuration.training.weight) }

  private func closedForm(constant: Double, _ weights: [Double]) -> Double {
    Crossover.closedForm(
      variance: data.variance, constant: constant, weights: weights, process: process, times: times)
  }

  /// Searched from N/4 up first, then below: preparing fewer M is faster.
  private func finiteSize(_ weights: [Double]) -> Double? {
    let quarter = max(1, data.samples / 4)
    for counts in [quarter...data.samples, 1...quarter] {
      let losses = FiniteSizeLoss(
        dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples,
        variance: data.variance, process: process, times: times, counts: counts, workers: workers)
      if let crossing = losses.crossing(weights: weights, counts: counts) { return crossing }
    }
    return nil
  }

  /// The crossing of the finite-size losses weighted as the training weights them: that of its own prediction and
  /// weight. The theory would have it decide; it does not (`Documentation/Findings.md`).
  public var trainingLossCrossover: Double? {
    guard obstacle(.finiteSize) == nil else { return nil }
    let weights = Crossover.cleanWeights(
      configuration.training.weight, of: configuration.training.prediction, process: process, times: times)
    guard data.images != nil else { return finiteSize(weights) }
    return ImagePredictor(configuration, repeats: repeats, workers: workers)?.finiteSize(weights)
  }
}
