// SPDX-License-Identifier: MIT
internal import Distributions
public import Denoisers
public import Experiments
public import HardEM
public import Kernels
internal import Memorization

/// Hard EM carried over to coloured templates.
///
/// At small noise a component can only win samples of its own template: what lies off the template's line is infinitely
/// unlikely. So the image model is k-means on *colours*, in C dimensions, for each template apart:
///
///     start    template and colour of M of the N samples
///     assign   every sample to the nearest colour mean among the components of its template; means move; repeat
///     std^2  = (1 / (N C)) sum_i |c^i - u_a(i)|^2
///     sample   u_j (x) T_j + std z (x) T_j, or by the study's sampler
///
/// Everything happens in coordinates of the templates' span (`ColoredSamples.inSpan`), K numbers in place of h w pixels.
/// What is left out is the sampler's noise outside the span: at the last time sigma sqrt(C h w), 0.026 of a picture's
/// units for 15 x 15 x 3 and sigma = 0.001, the same to every training picture.
///
/// A sample whose template no component has joins some component of another; its colour counts as any. That happens for
/// small M alone (each template is missing with probability (1 - 1/K)^M). Not in the paper.
public struct ImageHardEM: Sendable {
  /// The training pictures in coordinates of their templates' span, and as points.
  private let samples: ColoredSamples
  private let points: Matrix
  private let logDeterminant: LogDeterminant
  /// Sampler, times and criterion are read from it.
  public let configuration: Configuration
  /// Samples drawn for each capacity.
  public let evaluationSamples: Int
  /// Threads of the sampling; no number depends on them.
  public let workers: Workers

  /// Takes the data of a laboratory, which must be that of `configuration`; `evaluationSamples` is at least 1.
  public init(
    laboratory: ImageLaboratory, configuration: Configuration, evaluationSamples: Int = 2000,
    workers: Workers = .serial
  ) {
    precondition(evaluationSamples >= 1, "\(evaluationSamples) evaluation samples")
    samples = laboratory.dataset.train.inSpan
    points = samples.points
    logDeterminant = laboratory.settings.logDeterminant
    self.configuration = configuration
    (self.evaluationSamples, self.workers) = (evaluationSamples, workers)
  }

  /// The predicted model with M components; `startKey` as in `HardEM.curve`.
  public func model(components: Int, startKey: RandomKey) -> ColoredTemplateModel {
    fit(components, order(startKey)).model
  }

  /// The predicted curve; `exact`: samples of the mixture itself, else by the configuration's sampler.
  public func curve(counts: [Int], startKey: RandomKey, key: RandomKey, exact: Bool) -> HardEMCurve {
    let order = order(startKey)
    let test = MemorizationTest(criterion: configuration.evaluation.criterion)
    var exactly = configuration
    if exact { exactly.evaluation.sampler = .exact }
    let points = Set(counts).sorted().map { count -> HardEMPoint in
      let (model, singletonShare) = fit(count, order)
      let drawn = Pipeline.sample(
        model, RunSettings(configuration: exactly, capacity: count), count: evaluationSamples, key: key, workers)
      return HardEMPoint(
        components: count, memorized: test.count(of: drawn, training: self.points, workers: workers),
        trials: evaluationSamples, learnedStd: model.std, singletonShare: singletonShare)
    }
    return HardEMCurve(points: points, samples: samples.count, key: key.child("bootstrap"))
  }

  private func order(_ startKey: RandomKey) -> [Int] {
    let count = samples.count
    return MixtureModel.memorizedSubset(components: count, of: count, key: startKey)
  }

  /// Capacities for a transition as wide as that of pictures: tenths up to 0.6 N, where the ratio is low and flat, and
  /// every fiftieth above.
  public static func defaultCounts(_ samples: Int) -> [Int] {
    let shares = (1...6).map { Double($0) / 10 } + (1...20).map { 0.6 + Double($0) / 50 }
    return Set(shares.map { min(samples, max(1, Int(($0 * Double(samples)).rounded()))) }).sorted()
  }

  /// Farther apart than any colours: a template's samples never meet those of another.
  private static let apart = 1e4

  private func fit(_ components: Int, _ order: [Int]) -> (model: ColoredTemplateModel, singletonShare: Double) {
    let (channels, templates) = (samples.channelCount, samples.templates.rows)
    var points = Matrix(rows: samples.count, columns: channels + templates)
    for index in 0..<samples.count {
      for channel in 0..<channels { points[index, channel] = samples.colors[index, channel] }
      points[index, channels + samples.labels[index]] = Self.apart
    }
    let fit = HardEM.fit(samples: points, components: components, subset: order, workers: workers)
    var colors = Matrix(rows: components, columns: channels)
    for row in 0..<components {
      for channel in 0..<channels { colors[row, channel] = fit.means[row, channel] }
    }
    var sum = 0.0
    for index in 0..<samples.count {
      for channel in 0..<channels {
        let residual = samples.colors[index, channel] - colors[fit.assignments[index], channel]
        sum += residual * residual
      }
    }
    let std = (sum / Double(samples.count * channels)).squareRoot()
    let model = ColoredTemplateModel(
      templates: samples.templates.gathering(order.prefix(components).map { samples.labels[$0] }),
      colorMeans: colors, std: std, logDeterminant: logDeterminant)
    return (model, fit.singletonShare)
  }
}
