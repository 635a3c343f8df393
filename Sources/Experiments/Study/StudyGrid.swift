// SPDX-License-Identifier: MIT
public import Denoisers
public import Diffusion
public import Training

/// A study with nothing left open: the values of every axis and the settings all runs share.
///
/// Its configurations are the product of the axes; `Study` spells them out.
public struct StudyGrid: Sendable, Hashable {
  // Axes, in the order of the product: the last varies fastest.
  public internal(set) var presets: [Preset]
  public internal(set) var processes: [ProcessName]
  public internal(set) var initializations: [Initialization]
  public internal(set) var variances: [Double]
  /// Ratio of the weights of successive components of the law.
  public internal(set) var componentRatios: [Double]
  /// Share of training samples that are copies of others.
  public internal(set) var duplicates: [Double]
  public internal(set) var criteria: [Double]
  public internal(set) var dimensions: [Int]
  public internal(set) var trueComponents: [Int]
  public internal(set) var samples: [Int]
  /// Nil: each run's data seed is its seed, which makes the two one axis.
  public internal(set) var dataSeeds: [UInt64]?
  public internal(set) var seeds: [UInt64]
  /// M, the last axis.
  public internal(set) var components: StudyComponents

  /// Pictures in place of isotropic clusters; nil is the isotropic laboratory.
  public internal(set) var images: ImageSettings?

  // What depends on an axis.
  public internal(set) var training: [Preset: TrainingSettings]
  public internal(set) var times: [ProcessName: TimeGrid]
  /// Nil: samples are drawn over the times of training.
  public internal(set) var samplingTimes: [ProcessName: TimeGrid]?

  // What all runs share.
  public internal(set) var sampler: SamplerName
  public internal(set) var evaluationSamples: Int
  public internal(set) var heldOutSamples: Int
  public internal(set) var losses: Bool

  /// The number of configurations, saturating instead of overflowing.
  public var configurationCount: Int {
    [
      presets.count, processes.count, initializations.count, variances.count, componentRatios.count,
      duplicates.count, criteria.count, dimensions.count,
      trueComponents.count, samples.count, dataSeeds?.count ?? 1, seeds.count,
    ].reduce(1, Self.product)
  }

  /// The number of trainings before refinement, saturating.
  public var runCount: Int {
    let perSamples = samples.map { components.counts(samples: $0).count }.reduce(0, +)
    return Self.product(configurationCount / max(samples.count, 1), perSamples)
  }

  static func product(_ a: Int, _ b: Int) -> Int {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : value
  }

  /// Every configuration, in the order of the axes.
  public var configurations: [Configuration] {
    var all: [Configuration] = []
    all.reserveCapacity(configurationCount)
    for preset in presets {
      for process in processes {
        for initialization in initializations {
          for criterion in criteria {
            for data in dataSettings { all += configurations(preset, process, initialization, criterion, data) }
          }
        }
      }
    }
    return all
  }

  /// Data laws without their seed.
  private var dataSettings: [DataSettings] {
    var all: [DataSettings] = []
    for variance in variances {
      for ratio in componentRatios {
        for share in duplicates {
          for dimension in dimensions {
            for trueComponents in trueComponents {
              for samples in samples {
                all.append(
                  DataSettings(
                    dimension: dimension, trueComponents: trueComponents, samples: samples, variance: variance,
                    componentRatio: ratio, duplicates: share, heldOutSamples: heldOutSamples, images: images))
              }
            }
          }
        }
      }
    }
    return all
  }

  private func configurations(
    _ preset: Preset, _ process: ProcessName, _ initialization: Initialization, _ criterion: Double,
    _ data: DataSettings
  ) -> [Configuration] {
    guard let training = training[preset], let times = times[process] else { return [] }
    let evaluation = EvaluationSettings(
      sampler: sampler, samplingTimes: samplingTimes?[process], samples: evaluationSamples, criterion: criterion,
      losses: losses)
    let pairs = dataSeeds.map { dataSeeds in dataSeeds.flatMap { data in seeds.map { (data, $0) } } }
    return (pairs ?? seeds.map { ($0, $0) }).map { dataSeed, seed in
      var data = data
      data.dataSeed = dataSeed
      return Configuration(
        data: data, process: process, times: times, initialization: initialization, training: training,
        evaluation: evaluation, seed: seed)
    }
  }
}
