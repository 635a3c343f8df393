// SPDX-License-Identifier: MIT
internal import Distributions
public import Experiments
internal import HardEM
public import Kernels
internal import Memorization
internal import Statistics
public import Theory

/// What every method predicts for one configuration of a study, and hard EM for the very data of its runs.
///
/// All hard EM assumes the start of partial memorization: for another start, as for data it does not know
/// (`Predictor.obstacle`), it has no crossing, and columns of a table stay empty.
public struct StudyPrediction: Sendable {
  /// As in the study, seeds set to zero.
  public let configuration: Configuration
  /// One for each method, on fresh draws of data: what `verbatim predict` says.
  public let methods: [MethodPrediction]
  /// The crossing of the finite-size losses weighted as the training weights them.
  public let trainingLossCrossover: Double?
  /// Hard EM and hard EM sampled on the data and from the start of each run: mean half over the seeds, nil where one of
  /// them has none. What is left between it and the measurement is training, not luck of the draw.
  public let sameData: [PredictionMethod: Double]

  /// `seeds`: the same configuration with the seeds of its runs. Cost: some trainings' worth of sampling, about a
  /// second for each seed at (50, 12, 200).
  public init(_ configuration: Configuration, seeds: [Configuration], repeats: Int? = nil, workers: Workers = .serial) {
    self.configuration = configuration
    let predictor = Predictor(configuration, repeats: repeats, workers: workers)
    methods = PredictionMethod.allCases.map(predictor.prediction)
    trainingLossCrossover = predictor.trainingLossCrossover
    let curves = predictor.obstacle(.hardEM) == nil ? seeds.map { Self.curves($0, workers) } : []
    var sameData: [PredictionMethod: Double] = [:]
    sameData[.hardEM] = Self.mean(curves.map(\.exact))
    sameData[.hardEMSampled] = Self.mean(curves.map(\.sampled))
    self.sameData = sameData
  }

  /// Halves of one run's data: exact sampling, and the run's sampler.
  private static func curves(_ run: Configuration, _ workers: Workers) -> (exact: Double?, sampled: Double?) {
    run.data.images == nil ? clusters(run, workers) : pictures(run, workers)
  }

  private static func pictures(_ run: Configuration, _ workers: Workers) -> (exact: Double?, sampled: Double?) {
    guard let laboratory = try? run.data.laboratory() as? ImageLaboratory else { return (nil, nil) }
    let key = RandomKey(seed: run.seed)
    let method = ImageHardEM(laboratory: laboratory, configuration: run, workers: workers)
    func half(_ exact: Bool) -> Double? {
      method.curve(
        counts: ImageHardEM.defaultCounts(run.data.samples), startKey: key.child("start"),
        key: key.child("hard-em-sampled"), exact: exact
      ).transition.half.value
    }
    return (half(true), half(false))
  }

  private static func clusters(_ run: Configuration, _ workers: Workers) -> (exact: Double?, sampled: Double?) {
    let (samples, key) = (run.data.dataset.train, RandomKey(seed: run.seed))
    let exact = HardEM.curve(
      samples: samples, startKey: key.child("start"), counts: HardEM.defaultCounts(run.data.samples),
      criterion: run.evaluation.criterion, key: key.child("hard-em"), workers: workers)
    let sampled = SampledHardEM(configuration: run, workers: workers).curve(
      samples: samples, startKey: key.child("start"), counts: around(exact.transition, samples: run.data.samples),
      key: key.child("hard-em-sampled"))
    return (exact.transition.half.value, sampled.transition.half.value)
  }

  /// 20 capacities from well below the start to well above the end: the sampler moves the transition by less.
  private static func around(_ transition: Transition, samples: Int) -> [Int] {
    let low = max(0, (transition.start.value ?? 0.5) - 0.1)
    let high = min(1, (transition.end.value ?? 1) + 0.1)
    return Set(
      (0..<20).map { low + (high - low) * Double($0) / 19 }.map {
        min(samples, max(1, Int(($0 * Double(samples)).rounded())))
      }
    ).sorted()
  }

  private static func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.isEmpty || known.count < values.count ? nil : known.mean
  }

  /// Of every configuration of the results, in the order of first appearance. `progress` is told how many are done, and
  /// ends the work by throwing.
  public static func all(
    _ results: StudyResults, workers: Workers = .serial, progress: (Int, Int) throws -> Void = { _, _ in }
  ) rethrows -> [StudyPrediction] {
    var order: [Configuration] = []
    var seeds: [Configuration: [Configuration]] = [:]
    for family in results.byConfiguration {
      let neutral = family.configuration.withoutSeeds
      if seeds[neutral] == nil { order.append(neutral) }
      seeds[neutral, default: []].append(family.configuration)
    }
    return try order.enumerated().map { index, configuration in
      try progress(index, order.count)
      return StudyPrediction(configuration, seeds: seeds[configuration] ?? [], workers: workers)
    }
  }
}
