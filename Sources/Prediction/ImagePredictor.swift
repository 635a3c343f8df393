// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Distributions
internal import Experiments
internal import HardEM
internal import Kernels
internal import Memorization
internal import Pictures
internal import Theory
internal import Training

/// The predictions for coloured pictures: each component is C isotropic dimensions of variance s |T_k|^2.
///
///     generalizing, as (18):           mean over k of C s Q_k / (psi s Q_k + 1),   Q_k = |T_k|^2
///     partially memorizing, as (19):   C' (1 - M/N) mean over k of C s Q_k
///
/// The finite-size losses are those of C-dimensional clusters of variance s Q_k, K of them, that do not see each other.
struct ImagePredictor {
  let configuration: Configuration
  let laboratory: ImageLaboratory
  /// From which other draws take their templates.
  private let pictures: PictureSet
  let repeats: Int
  let workers: Workers

  /// nil where the pictures cannot be read, or there are none.
  init?(_ configuration: Configuration, repeats: Int, workers: Workers) {
    guard let images = configuration.data.images, let pictures = try? images.pictures(),
      let laboratory = try? configuration.data.laboratory(images, pictures: pictures)
    else { return nil }
    (self.configuration, self.laboratory, self.pictures) = (configuration, laboratory, pictures)
    (self.repeats, self.workers) = (repeats, workers)
  }

  private var data: DataSettings { configuration.data }
  private var process: any DiffusionProcess { configuration.process.process }
  private var times: [Double] { configuration.times.times(of: process) }
  /// s Q_k: the variance of a colour channel along its template.
  private var variances: [Double] {
    let templates = laboratory.dataset.law.templates
    return (0..<templates.rows).map { row in data.variance * templates.vector(row).squares }
  }

  func prediction(_ method: PredictionMethod) -> MethodPrediction {
    let weights = cleanWeights(configuration.training.weight)
    switch method {
    case .closedFormC1: return MethodPrediction(method, crossover: closedForm(constant: 1, weights))
    case .closedFormC2: return MethodPrediction(method, crossover: closedForm(constant: 2, weights))
    case .alphaSquared:
      return MethodPrediction(method, crossover: closedForm(constant: 1, cleanWeights(.alphaSquared)))
    case .finiteSize: return MethodPrediction(method, crossover: finiteSize(weights))
    case .hardEMFormula: return MethodPrediction(method, without: "there is no formula for pictures")
    case .hardEM, .hardEMSampled:
      return MethodPrediction(method, hardEM(exact: method == .hardEM), samples: data.samples)
    }
  }

  func cleanWeights(_ weight: LossWeight) -> [Double] {
    Crossover.cleanWeights(weight, process: process, times: times)
  }

  private func closedForm(constant: Double, _ weights: [Double]) -> Double {
    var (generalizing, total) = (0.0, 0.0)
    for variance in variances {
      let loss = ExcessLoss(dimension: 1, variance: variance)
      for (time, weight) in zip(times, weights) {
        generalizing += weight * loss.generalizing(process: process, at: time)
        total += weight * variance
      }
    }
    return 1 - generalizing / (constant * total)
  }

  /// Where the mean over the templates of the weighted loss differences changes sign.
  func finiteSize(_ weights: [Double]) -> Double? {
    let losses = variances.map { variance in
      FiniteSizeLoss(
        dimension: laboratory.settings.channels, trueComponents: data.trueComponents, samples: data.samples,
        variance: variance, process: process, times: times, seesOtherClusters: false, workers: workers)
    }
    return FiniteSizeLoss.crossing(of: losses, weights: weights, counts: 1...data.samples)
  }

  /// On fresh draws of templates, colours and starts.
  func hardEM(exact: Bool) -> HardEMPrediction {
    let key = RandomKey(seed: configuration.seed).child("predict").child(data.trueComponents).child(data.samples)
    let curves = (0..<repeats).compactMap { index -> HardEMCurve? in
      var fresh = configuration
      fresh.data.dataSeed = key.child("data").child(index).words(1)[0]
      guard let laboratory = try? fresh.data.laboratory(laboratory.settings, pictures: pictures) else { return nil }
      return ImageHardEM(
        laboratory: laboratory, configuration: configuration, evaluationSamples: 1000, workers: workers
      ).curve(
        counts: ImageHardEM.defaultCounts(data.samples), startKey: key.child("start").child(index),
        key: key.child("sampled").child(index),
        exact: exact)
    }
    return HardEMPrediction(curves: curves)
  }
}
