// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
public import Experiments
public import Theory
internal import Training

extension PredictionSetting {
  /// The setting of a study's configuration.
  public init(_ configuration: Configuration) {
    let data = configuration.data
    let parts = [Self.process, Self.loss, Self.sampler].map { $0(configuration) }
    var others = Set(parts.compactMap(\.departure))
    if data.componentRatio != 1 || data.duplicates != 0 { others.insert(.law) }
    self.init(
      dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples, variance: data.variance,
      criterion: configuration.evaluation.criterion, others: others,
      isMeasured: parts.allSatisfy(\.isMeasured) && data.images == nil
        && configuration.initialization.name == "partial-memorization")
  }

  private typealias Part = (departure: PredictionError.Departure?, isMeasured: Bool)

  private static func process(_ configuration: Configuration) -> Part {
    switch configuration.process {
    case .vp: (nil, true)
    case .fm: (.process, true)
    case .ve: (nil, false)
    }
  }

  /// Times, weight and prediction of the training loss, as the studies had them.
  private static func loss(_ configuration: Configuration) -> Part {
    let training = configuration.training
    let isPaper = configuration.times == .paper && training.weight == .unit && training.prediction == .noise
    var late = TimeGrid.paper
    late.first = 0.6
    let times = [.paper, grid(.logSNR), grid(.karras(rho: 7)), late].contains(configuration.times)
    let weight = [.unit, .alphaSquared, .minSNR(limit: 5)].contains(training.weight)
    return (isPaper ? nil : .loss, times && weight)
  }

  private static func sampler(_ configuration: Configuration) -> Part {
    let evaluation = configuration.evaluation
    let times = evaluation.samplingTimes ?? configuration.times
    var fine = TimeGrid.paper
    fine.count = 251
    switch evaluation.sampler {
    case .ddim where times == .paper: return (nil, true)
    case .ddim: return (.sampler, times == fine || times == grid(.logSNR))
    case .heun: return (.sampler, times == .paper)
    case .exact: return (.sampler, true)
    // Nothing is measured with others.
    default: return (.sampler, false)
    }
  }

  private static func grid(_ spacing: TimeGrid.Spacing) -> TimeGrid {
    var grid = TimeGrid.paper
    grid.spacing = spacing
    return grid
  }
}
