// SPDX-License-Identifier: MIT
import Diffusion
import Experiments
import Foundation
import HardEM
import Kernels
import Memorization
import Theory
import Training

/// The predictions of one configuration, method by method.
struct Predictor {
  let configuration: Configuration
  let workers: Workers
  /// Draws of data and start over which hard EM averages.
  let repeats: Int

  private var data: DataSettings { configuration.data }
  private var process: any DiffusionProcess { configuration.process.process }
  var times: [Double] { configuration.times.times(of: process) }

  /// The settings in which loss crossings were compared with training.
  var isPaperSetting: Bool {
    configuration.process == .vp && configuration.times == .paper && configuration.training.weight == .unit
      && abs(configuration.evaluation.criterion - 1.0 / 3.0) < 1e-9
  }

  /// Hard EM is run without being asked where N^2 d stays below this: about a second on two threads.
  private static let cheap = 8e6

  var hardEMIsCheap: Bool {
    Double(data.samples) * Double(data.samples) * Double(data.dimension) <= Self.cheap && data.samples >= 2
  }

  /// (21), or the crossing at finite size, in units of M/N; nil where the losses do not cross.
  func crossover(_ method: PredictionMethod) -> Double? {
    switch method {
    case .closedFormC1: closedForm(constant: 1, configuration.training.weight)
    case .closedFormC2: closedForm(constant: 2, configuration.training.weight)
    case .alphaSquared: closedForm(constant: 1, .alphaSquared)
    case .finiteSize: finiteSize
    case .hardEM: nil
    }
  }

  private func closedForm(constant: Double, _ weight: LossWeight) -> Double {
    Crossover.closedForm(
      variance: data.variance, constant: constant,
      weights: Crossover.cleanWeights(weight, process: process, times: times), process: process, times: times)
  }

  /// Searched from N/4 up first: preparing fewer M is faster, and few crossings lie below.
  private var finiteSize: Double? {
    let weights = Crossover.cleanWeights(configuration.training.weight, process: process, times: times)
    for lowest in [max(1, data.samples / 4), 1] {
      let counts = lowest...data.samples
      let losses = FiniteSizeLoss(
        dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples,
        variance: data.variance, process: process, times: times, counts: counts, workers: workers)
      if let crossing = losses.crossing(weights: weights, counts: counts) { return crossing }
    }
    return nil
  }

  /// Hard EM over the default capacities, or over the given ones.
  func hardEM(counts: [Int]? = nil, samples: Int? = nil) -> HardEMPrediction {
    HardEM.predict(
      dimension: data.dimension, trueComponents: data.trueComponents, samples: samples ?? data.samples,
      variance: data.variance, criterion: configuration.evaluation.criterion, counts: counts, repeats: repeats,
      evaluationSamples: 1000, key: RandomKey(seed: configuration.seed).child("predict"), workers: workers)
  }

  /// The largest M up to which the predicted ratio stays under a tenth; 0 if none.
  func safeComponents(_ prediction: HardEMPrediction) -> Int {
    prediction.points.prefix { $0.ratio.value < 0.1 }.last?.components ?? 0
  }

  /// The smallest N, to one per cent, at which a model with M components is predicted to stay under a tenth.
  func safeSamples(components: Int) -> Int {
    func isSafe(_ samples: Int) -> Bool {
      hardEM(counts: [components], samples: samples).points[0].ratio.value < 0.1
    }
    var unsafe = components
    var safe = components + max(1, components / 4)
    while !isSafe(safe) { (unsafe, safe) = (safe, safe + max(1, safe / 4)) }
    while safe - unsafe > max(1, safe / 100) {
      let middle = (safe + unsafe) / 2
      if isSafe(middle) { safe = middle } else { unsafe = middle }
    }
    return safe
  }
}
