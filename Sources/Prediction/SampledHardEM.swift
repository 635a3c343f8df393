// SPDX-License-Identifier: MIT
internal import Denoisers
public import Experiments
public import HardEM
public import Kernels
internal import Memorization

/// Hard EM whose mixture is sampled as a trained model is, by a sampler of finitely many steps.
///
/// The sampler's discretization moves the measured transition; exact sampling leaves it out. Cost: as much as sampling
/// a trained model of each capacity, O(samples * steps * M * d).
public struct SampledHardEM: Sendable {
  /// Sampler, times and criterion are read from it.
  public let configuration: Configuration
  /// Samples drawn for each capacity.
  public let evaluationSamples: Int
  /// Threads; no number depends on them.
  public let workers: Workers

  /// `evaluationSamples` is at least 1.
  public init(configuration: Configuration, evaluationSamples: Int = 2000, workers: Workers = .serial) {
    precondition(evaluationSamples >= 1, "\(evaluationSamples) evaluation samples")
    (self.configuration, self.evaluationSamples, self.workers) = (configuration, evaluationSamples, workers)
  }

  /// The curve of one data set; `counts` in 1...N, `startKey` as in `HardEM.curve`.
  public func curve(samples: Matrix, startKey: RandomKey, counts: [Int], key: RandomKey) -> HardEMCurve {
    HardEMCurve(
      points: points(samples: samples, startKey: startKey, counts: counts, key: key), samples: samples.rows,
      key: key.child("bootstrap"))
  }

  /// The same without crossings, ascending in M; a point does not depend on the other capacities.
  func points(samples: Matrix, startKey: RandomKey, counts: [Int], key: RandomKey) -> [HardEMPoint] {
    let order = MixtureModel.memorizedSubset(components: samples.rows, of: samples.rows, key: startKey)
    return Set(counts).sorted().map { count -> HardEMPoint in
      let fit = HardEM.fit(samples: samples, components: count, subset: order, workers: workers)
      let drawn = Pipeline.sample(
        fit.model, RunSettings(configuration: configuration, capacity: count), count: evaluationSamples, key: key,
        workers)
      let memorized = MemorizationTest(criterion: configuration.evaluation.criterion)
        .count(of: drawn, training: samples, workers: workers)
      return HardEMPoint(
        components: count, memorized: memorized, trials: evaluationSamples, learnedStd: fit.std,
        singletonShare: fit.singletonShare)
    }
  }
}
