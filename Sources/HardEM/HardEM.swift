// SPDX-License-Identifier: MIT
public import Distributions
public import Kernels

/// The predictor that trains nothing: hard EM from the start of the training, sampled exactly.
///
/// Gradient descent from the partial-memorization start ends, to within a few per cent, at the k-means solution
/// from the same start (measured for this project, not in the paper: `Documentation/TheoryHardEM.md`):
///
///     means    M means begin on M training samples; all N samples go to the nearest mean, means move, repeat
///     std^2  = (1 / (N d)) sum_i |x^i - m_a(i)|^2
///     sample = m_j + std z,  j uniform on 1..M (the model's priors are fixed and equal),  z ~ N(0, I)
///
/// A sample is memorized by the distance-ratio test against x^1..x^N.
public enum HardEM {
  /// K-means from the first `components` samples of `subset` to convergence; samples (N, d), finite.
  ///
  /// `subset` holds distinct rows: that of `MixtureModel.memorizedSubset` is the start of a laboratory run. Ties keep
  /// a sample where it is, then go to the lowest index. Cost O(N M d) for each of the first iterations, less for the
  /// later ones; memory O(N d).
  public static func fit(
    samples: Matrix, components: Int, subset: [Int], workers: Workers = .serial
  ) -> HardEMFit {
    precondition((1...subset.count).contains(components), "\(components) components from a subset of \(subset.count)")
    let start = Array(subset.prefix(components))
    precondition(
      start.allSatisfy { (0..<samples.rows).contains($0) } && Set(start).count == components,
      "subset \(start) of \(samples.rows) samples")
    precondition(samples.values.allSatisfy(\.isFinite), "samples that are not finite")
    var clustering = Clustering(samples: samples, subset: start, workers: workers)
    clustering.run()
    return HardEMFit(clustering)
  }

  /// The ratio curve, learned std and share of singletons of one data set over `counts` (each M once, in 1...N).
  ///
  /// `startKey` draws the nested subsets as `MixtureModel.memorizedSubset` does: for a laboratory run it is
  /// `RandomKey(seed: seed).child("start")`. Up to N = 2,048 all distances come from tables of inner products
  /// (relative rounding 1e-13), beyond that from direct differences; the choice depends on shapes alone. Points of
  /// different M share their normals but not their components, so their errors are nearly independent.
  public static func curve(
    samples: Matrix, startKey: RandomKey, counts: [Int], criterion: Double = 1.0 / 3.0,
    evaluationSamples: Int = 2000, key: RandomKey, workers: Workers = .serial
  ) -> HardEMCurve {
    precondition(samples.rows >= 2, "\(samples.rows) samples have no second-nearest")
    precondition(counts.allSatisfy { (1...samples.rows).contains($0) }, "counts \(counts), N = \(samples.rows)")
    precondition(evaluationSamples >= 1, "\(evaluationSamples) evaluation samples")
    let curve = CurveBuilder(
      samples: samples, startKey: startKey, criterion: criterion,
      draws: EvaluationDraws(count: evaluationSamples, dimension: samples.columns, key: key))
    return HardEMCurve(
      points: curve.points(Set(counts).sorted(), workers: workers), samples: samples.rows, key: key.child("bootstrap"))
  }

  /// The curve of a given data set, started as the laboratory run of this seed: comparable run by run.
  public static func predict(
    dataset: Dataset, seed: UInt64, criterion: Double = 1.0 / 3.0, counts: [Int]? = nil,
    evaluationSamples: Int = 2000, workers: Workers = .serial
  ) -> HardEMCurve {
    let key = RandomKey(seed: seed)
    return curve(
      samples: dataset.train, startKey: key.child("start"), counts: counts ?? defaultCounts(dataset.trainingCount),
      criterion: criterion, evaluationSamples: evaluationSamples, key: key.child("hard-em"), workers: workers)
  }

  /// The prediction for the paper's laboratory (appendix H), averaged over `repeats` draws of data and start.
  public static func predict(
    dimension: Int, trueComponents: Int, samples: Int, variance: Double = 1, criterion: Double = 1.0 / 3.0,
    counts: [Int]? = nil, repeats: Int = 8, evaluationSamples: Int = 2000, key: RandomKey, workers: Workers = .serial
  ) -> HardEMPrediction {
    predict(
      repeats: repeats, samples: samples, criterion: criterion, counts: counts, evaluationSamples: evaluationSamples,
      key: key, workers: workers
    ) { key in
      Dataset.isotropic(
        dimension: dimension, trueComponents: trueComponents, trainingCount: samples, heldOutCount: 0,
        variance: variance, key: key
      ).train
    }
  }

  /// The prediction for any law of data: `draw` gives N samples, shape (N, d), for each of `repeats` keys.
  public static func predict(
    repeats: Int, samples: Int, criterion: Double = 1.0 / 3.0, counts: [Int]? = nil, evaluationSamples: Int = 2000,
    key: RandomKey, workers: Workers = .serial, draw: (RandomKey) -> Matrix
  ) -> HardEMPrediction {
    precondition(repeats >= 1, "\(repeats) repeats")
    let counts = counts ?? defaultCounts(samples)
    let curves = (0..<repeats).map { index in
      let data = draw(key.child("data").child(index))
      precondition(data.rows == samples, "\(data.rows) samples drawn, not \(samples)")
      return curve(
        samples: data, startKey: key.child("start").child(index), counts: counts, criterion: criterion,
        evaluationSamples: evaluationSamples, key: key.child("evaluation").child(index), workers: workers)
    }
    return HardEMPrediction(curves: curves)
  }

  /// Every M up to N = 200, and 200 evenly spaced ones beyond.
  public static func defaultCounts(_ samples: Int) -> [Int] {
    samples <= 200 ? Array(1...max(1, samples)) : (1...200).map { ($0 * samples + 100) / 200 }
  }
}
