// SPDX-License-Identifier: MIT
internal import Distributions
internal import Experiments
internal import HardEM
internal import Kernels
internal import Memorization
internal import Statistics

/// Hard EM sampled on a predictor's draws of data, over capacities that grow until they show what was asked.
struct SampledDraws {
  private let sampled: SampledHardEM
  private let size: Int
  private let draws: [(samples: Matrix, start: RandomKey, key: RandomKey)]
  /// Of each draw, ascending in M.
  private var points: [[HardEMPoint]]

  init(_ predictor: Predictor, evaluationSamples: Int) {
    sampled = SampledHardEM(
      configuration: predictor.configuration, evaluationSamples: evaluationSamples, workers: predictor.workers)
    size = predictor.data.samples
    draws = (0..<predictor.repeats).map { index in
      let samples = predictor.data.dataset(key: predictor.key.child("data").child(index), heldOut: 0).train
      return (
        samples, predictor.key.child("start").child(index), predictor.key.child("sampled").child(index)
      )
    }
    points = draws.map { _ in [] }
  }

  /// Adds about `count` evenly spaced capacities between two shares M/N, cut to 1...N.
  mutating func add(from low: Double, to high: Double, count: Int) {
    let (low, high) = (max(0, low), min(1, high))
    let inside = (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
    let known = Set(points[0].map(\.components))
    let counts = Set(inside.map { min(size, max(1, Int(($0 * Double(size)).rounded()))) }).subtracting(known)
    for index in draws.indices {
      let (samples, start, key) = draws[index]
      points[index] += sampled.points(samples: samples, startKey: start, counts: counts.sorted(), key: key)
      points[index].sort { $0.components < $1.components }
    }
  }

  /// Adds capacities, a quarter of N at a time, until every draw's ratio is under `start` at the smallest M, and reaches
  /// `end` at the largest, or M is 1 and N there.
  mutating func widen(below start: Double, above end: Double) {
    while let first = points[0].first?.components, first > 1, points.contains(where: { $0[0].ratio.value >= start }) {
      add(from: share(first) - 0.25, to: share(first - 1), count: 8)
    }
    while let last = points[0].last?.components, last < size,
      points.contains(where: { ($0.last?.ratio.value ?? 1) < end })
    {
      add(from: share(last + 1), to: share(last) + 0.25, count: 8)
    }
  }

  private func share(_ components: Int) -> Double { Double(components) / Double(size) }

  var prediction: HardEMPrediction {
    HardEMPrediction(
      curves: zip(points, draws).map {
        HardEMCurve(points: $0, samples: size, key: $1.key.child("bootstrap"))
      })
  }

  /// Of each draw: nil if the ratio stays below a tenth, 0 if it is above from the smallest M on.
  var starts: [Double?] {
    points.map { points in
      let fit = TransitionFit(bootstraps: 1).fit(points.map(\.curvePoint), samples: size, key: RandomKey(seed: 0))
      return fit.start.value ?? (points[0].ratio.value >= TransitionFit.levels.start ? 0 : nil)
    }
  }
}
