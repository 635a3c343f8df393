// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Distributions
internal import Experiments
public import HardEM
internal import Kernels
internal import Memorization
internal import Theory

extension Predictor {
  /// nil where the formula has no meaning: in one dimension, for a criterion of 1, for another start.
  public var formula: HardEMApproximation? {
    guard obstacle(.hardEMFormula) == nil else { return nil }
    return HardEMApproximation(
      dimension: data.dimension, trueComponents: data.trueComponents, samples: data.samples, variance: data.variance,
      criterion: configuration.evaluation.criterion)
  }

  var formulaPrediction: MethodPrediction {
    guard let formula else { return MethodPrediction(.hardEMFormula, without: "the formula has no meaning here") }
    let levels = [0.5, 0.1, 0.9]
    let crossings = workers.map(levels.count) { formula.crossing(of: levels[$0]) }
    return MethodPrediction(.hardEMFormula, half: crossings[0], start: crossings[1], end: crossings[2])
  }

  /// A stream of its own for each (d, K, N), so that predictions of a sweep do not share their luck.
  var key: RandomKey {
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
  /// Capacities: 24 around the formula's transition, since each costs as much as the samples of a trained model, and
  /// more until start and end are among them. 1,000 samples for each put 0.002 of noise on the half of a draw and 0.001
  /// on their mean (bootstrap); draws are 0.006 to 0.016 apart.
  public func sampledHardEM() -> HardEMPrediction {
    var draws = SampledDraws(self, evaluationSamples: PredictionCost.evaluationSamples)
    let expected = formula == nil ? nil : formulaPrediction.ends
    draws.add(
      from: (expected?.start ?? 0.5) - 0.12, to: (expected?.end ?? 1) + 0.1, count: PredictionCost.sampledCapacities)
    draws.widen(below: TransitionFit.levels.start, above: TransitionFit.levels.end)
    return draws.prediction
  }

  /// Where the ratio passes a tenth in each draw, by hard EM sampled, over capacities about the start alone: nil where it never does up to M = N, 0 where it is above from M = 1 on.
  func sampledStarts() -> [Double?] {
    var draws = SampledDraws(self, evaluationSamples: PredictionCost.evaluationSamples)
    let expected = formula.flatMap { $0.crossing(of: TransitionFit.levels.start) } ?? 0.5
    draws.add(from: expected - 0.12, to: expected + 0.12, count: 10)
    draws.widen(below: TransitionFit.levels.start, above: TransitionFit.levels.start)
    return draws.starts
  }
}
