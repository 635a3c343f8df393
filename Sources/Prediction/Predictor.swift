// SPDX-License-Identifier: MIT
public import Diffusion
internal import Distributions
public import Experiments
public import HardEM
public import Kernels
internal import Memorization
public import Theory
internal import Training

/// The predictions of one configuration, method by method: nothing is trained.
///
/// Loss crossings read from the configuration d, K, N, the variance, the process, the training times, and the weight as
/// one of *clean* losses; the formula of hard EM the criterion as well; hard EM also the weights of the
/// law's components and the duplicates; hard EM sampled the sampler and its times too. The start of training is the
/// partial memorization whatever the configuration says.
public struct Predictor: Sendable {
  public let configuration: Configuration
  public let workers: Workers
  /// Draws of data and start over which hard EM averages.
  public let repeats: Int

  /// `repeats`: nil means as many draws as leave the mean's error well below the spread of one run, 4 to 16 by N.
  public init(_ configuration: Configuration, repeats: Int? = nil, workers: Workers = .serial) {
    let repeats = repeats ?? min(16, max(4, 800 / configuration.data.samples))
    precondition(repeats >= 1, "\(repeats) repeats")
    (self.configuration, self.repeats, self.workers) = (configuration, repeats, workers)
  }

  private var data: DataSettings { configuration.data }
  public var process: any DiffusionProcess { configuration.process.process }
  public var times: [Double] { configuration.times.times(of: process) }

  public func prediction(_ method: PredictionMethod) -> MethodPrediction {
    if data.images != nil {
      return ImagePredictor(configuration, repeats: repeats, workers: workers)?.prediction(method)
        ?? MethodPrediction(method, crossover: nil)
    }
    return switch method {
    case .closedFormC1: MethodPrediction(method, crossover: closedForm(constant: 1, weights))
    case .closedFormC2: MethodPrediction(method, crossover: closedForm(constant: 2, weights))
    case .alphaSquared: MethodPrediction(method, crossover: closedForm(constant: 1, cleanWeights(.alphaSquared)))
    case .finiteSize: MethodPrediction(method, crossover: finiteSize(weights))
    case .hardEMFormula: formulaPrediction
    case .hardEM: MethodPrediction(method, hardEM().transition)
    case .hardEMSampled: MethodPrediction(method, sampledHardEM().transition)
    }
  }

  // MARK: Losses

  private func cleanWeights(_ weight: LossWeight) -> [Double] {
    Crossover.cleanWeights(weight, process: process, times: times)
  }

  private var weights: [Double] { cleanWeights(configuration.training.weight) }

  private func closedForm(constant: Double, _ weights: [Double]) -> Double {
    Crossover.closedForm(
      variance: data.variance, constant: constant, weights: weights, process: process, times: times)
  }

  /// Searched from N/4 up first: preparing fewer M is faster, and few crossings lie below.
  private func finiteSize(_ weights: [Double]) -> Double? {
    for lowest in [max(1, data.samples / 4), 1] {
      let counts = lowest...data.samples
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
    let weights = Crossover.cleanWeights(
      configuration.training.weight, of: configuration.training.prediction, process: process, times: times)
    guard data.images != nil else { return finiteSize(weights) }
    return ImagePredictor(configuration, repeats: repeats, workers: workers)?.finiteSize(weights)
  }

  // MARK: Hard EM

  /// Hard EM is run without being asked where N^2 d stays below this: about a second on two threads.
  private static let cheap = 1e7

  static func isCheap(samples: Int, dimension: Int) -> Bool {
    Double(samples) * Double(samples) * Double(dimension) <= cheap
  }

  /// Whether a method answers in about a second.
  public func isCheap(_ method: PredictionMethod) -> Bool {
    switch method {
    case .hardEM: Self.isCheap(samples: data.samples, dimension: data.dimension)
    // Sampling by steps costs about three times as much.
    case .hardEMSampled: Self.isCheap(samples: 2 * data.samples, dimension: data.dimension)
    default: true
    }
  }

  /// nil in one dimension, where the formula has no meaning.
  public var formula: HardEMApproximation? {
    guard data.dimension >= 2, data.samples >= 2 else { return nil }
    return HardEMApproximation(
      dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples, variance: data.variance,
      criterion: configuration.evaluation.criterion)
  }

  private var formulaPrediction: MethodPrediction {
    guard let formula else { return MethodPrediction(.hardEMFormula, crossover: nil) }
    let levels = [0.1, 0.5, 0.9]
    let crossings = workers.map(levels.count) { formula.crossing(of: levels[$0]) }
    return MethodPrediction(.hardEMFormula, crossover: crossings[1], start: crossings[0], end: crossings[2])
  }

  /// A stream of its own for each (d, K, N), so that predictions of a sweep do not share their luck.
  private var key: RandomKey {
    RandomKey(seed: configuration.seed).child("predict").child(data.dimension).child(data.trueComponents)
      .child(data.samples)
  }

  /// Hard EM on fresh draws of data and start, over the default capacities or the given ones.
  public func hardEM(counts: [Int]? = nil) -> HardEMPrediction {
    HardEM.predict(
      repeats: repeats, samples: data.samples, criterion: configuration.evaluation.criterion, counts: counts,
      evaluationSamples: 1000, key: key, workers: workers
    ) { data.dataset(key: $0, heldOut: 0).train }
  }

  /// The same clusters, sampled by the configuration's sampler.
  ///
  /// Capacities: 24 around the formula's transition, since each costs as much as the samples of a trained model.
  public func sampledHardEM(counts: [Int]? = nil) -> HardEMPrediction {
    let counts = counts ?? sampledCounts
    let curves = (0..<repeats).map { index in
      SampledHardEM(configuration: configuration, evaluationSamples: 1000, workers: workers).curve(
        samples: data.dataset(key: key.child("data").child(index), heldOut: 0).train,
        startKey: key.child("start").child(index), counts: counts, key: key.child("sampled").child(index))
    }
    return HardEMPrediction(curves: curves)
  }

  private var sampledCounts: [Int] {
    let transition = formulaPrediction
    let low = max(0, (transition.start?.value ?? 0.5) - 0.12)
    let high = min(1, (transition.end?.value ?? 1) + 0.1)
    let inside = (0..<24).map { low + (high - low) * Double($0) / 23 }
    return Set(inside.map { min(data.samples, max(1, Int(($0 * Double(data.samples)).rounded()))) }).sorted()
  }
}
