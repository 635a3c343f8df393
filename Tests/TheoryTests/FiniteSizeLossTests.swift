// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Foundation
import Kernels
import Memorization
import Statistics
import Testing
import Theory

@Suite struct FiniteSizeLossTests {
  private let vp = VariancePreserving()
  private var times: [Double] { TimeGrid.paper.times(of: vp) }
  private func ones(_ times: [Double]) -> [Double] { times.map { _ in 1 } }

  /// One configuration against the true denoisers: mean over data sets, with its standard error, per time.
  private struct Comparison {
    /// (partially memorizing - generalizing), and the partially memorizing loss itself.
    var difference: [(mean: Double, error: Double)] = []
    var partial: [Double] = []

    init(_ d: Int, _ k: Int, _ n: Int, _ m: Int, _ s: Double, sets: Int, times: [Double]) {
      let vp = VariancePreserving()
      var rows: [[Double]] = []
      partial = times.map { _ in 0 }
      for index in 0..<sets {
        let key = RandomKey(seed: 5).child(d).child(n).child(m).child(index)
        let data = Dataset.isotropic(
          dimension: d, trueComponents: k, trainingCount: n, heldOutCount: 0, variance: s, key: key.child("data"))
        let losses = LossMeasurement.measure(
          denoisers: [
            PartiallyMemorizingDenoiser(samples: data.train, subset: Array(0..<m)),
            MixtureDenoiser(means: data.law.means, variance: s),
          ], samples: data.train, process: vp, times: times, draws: 4, key: key.child("noise"),
          workers: Workers(threads: 2))
        rows.append(zip(losses[0], losses[1]).map { $0.value - $1.value })
        for t in times.indices { partial[t] += losses[0][t].value / Double(sets) }
      }
      difference = times.indices.map { t in
        let mean = rows.reduce(0) { $0 + $1[t] } / Double(sets)
        let square = rows.reduce(0) { $0 + ($1[t] - mean) * ($1[t] - mean) }
        return (mean, (square / Double(sets - 1) / Double(sets)).squareRoot())
      }
    }
  }

  /// The table of Documentation/Theory.md. Bounds are relative to the partially memorizing loss, below t = 0.7, from
  /// there to 0.8, and beyond; 5 standard errors are added: false alarm 26 x 8 x 6e-7 = 1e-4.
  @Test(arguments: [
    (50, 12, 200, 160, 1.0, [0.006, 0.045, 0.08]), (30, 3, 50, 40, 1, [0.006, 0.02, 0.04]),
    (30, 3, 50, 20, 1, [0.006, 0.02, 0.04]), (60, 3, 100, 80, 1, [0.006, 0.006, 0.015]),
    (10, 4, 100, 70, 1, [0.04, 0.03, 0.04]), (50, 12, 200, 180, 4, [0.015, 0.06, 0.28]),
    (50, 12, 200, 140, 0.25, [0.008, 0.015, 0.02]), (30, 3, 50, 40, 4, [0.015, 0.04, 0.07]),
  ])
  func `losses are those of the true denoisers, within the stated errors`(
    _ d: Int, _ k: Int, _ n: Int, _ m: Int, _ s: Double, _ bounds: [Double]
  ) {
    let measured = Comparison(d, k, n, m, s, sets: n > 100 ? 48 : 200, times: times)
    let losses = FiniteSizeLoss(
      dimension: d, trueComponents: k, samples: n, variance: s, process: vp, times: times)
    let partial = losses.values(Double(m)).partial
    var worst = [0.0, 0, 0]
    for (index, t) in times.enumerated() {
      let difference = partial[index] - losses.generalizing[index]
      let (mean, error) = measured.difference[index]
      let band = t < 0.7 ? 0 : t < 0.81 ? 1 : 2
      worst[band] = max(worst[band], abs(difference - mean) / measured.partial[index])
      #expect(
        abs(difference - mean) < bounds[band] * measured.partial[index] + 5 * error,
        "t = \(t): \(difference), measured \(mean) +- \(error)")
    }
    let text = worst.map { String(format: "%.2f", 100 * $0) }.joined(separator: " / ")
    print("finite-size loss d=\(d) K=\(k) N=\(n) M=\(m) s=\(s): worst error in per cent \(text)")
  }

  @Test func `within one cluster the losses are exact at every time`() {
    let (d, n, m) = (20, 30, 20)
    let measured = Comparison(d, 1, n, m, 1, sets: 150, times: times)
    let losses = FiniteSizeLoss(dimension: d, trueComponents: 1, samples: n, variance: 1, process: vp, times: times)
    let partial = losses.values(Double(m)).partial
    for index in times.indices {
      let difference = partial[index] - losses.generalizing[index]
      let (mean, error) = measured.difference[index]
      #expect(
        abs(difference - mean) < 5 * error + 1e-3 * partial[index],
        "t = \(times[index]): \(difference), measured \(mean) +- \(error)")
    }
  }

  @Test func `the crossing of unweighted clean losses lies where trained models turn at variance 1`() {
    // Measured M_pt/N is .78 to .80, and the crossing within .02 to .03 of it.
    for (d, k, n) in [(50, 12, 200), (30, 3, 50), (60, 3, 200), (30, 12, 200), (40, 6, 100)] {
      let losses = FiniteSizeLoss(dimension: d, trueComponents: k, samples: n, variance: 1, process: vp, times: times)
      let crossing = losses.crossing(weights: ones(times), counts: 1...n) ?? 0
      #expect(abs(crossing - 0.79) < 0.03, "\(d) \(k) \(n): \(crossing)")
    }
  }

  @Test func `the noise weighting moves the crossing to 1, as it does the closed form`() {
    let losses = FiniteSizeLoss(dimension: 50, trueComponents: 12, samples: 200, variance: 1, process: vp, times: times)
    let weights = Crossover.cleanWeights(.unit, of: .noise, process: vp, times: times)
    let crossing = losses.crossing(weights: weights, counts: 1...200)
    #expect((crossing ?? 1) > 0.995)
  }

  @Test func `the answer does not depend on the prepared range of M`() {
    let all = FiniteSizeLoss(dimension: 30, trueComponents: 3, samples: 100, variance: 1, process: vp, times: times)
    let some = FiniteSizeLoss(
      dimension: 30, trueComponents: 3, samples: 100, variance: 1, process: vp, times: times, counts: 60...100)
    for m in [60.0, 80, 100] {
      let (a, b) = (all.values(m), some.values(m))
      for index in times.indices {
        #expect(abs(a.partial[index] - b.partial[index]) < 1e-6 * a.partial[index] + 1e-9, "M = \(m)")
      }
    }
  }

  @Test func `every M of a large N gives finite, falling losses`() {
    let n = 1_000_000
    let losses = FiniteSizeLoss(dimension: 50, trueComponents: 12, samples: n, variance: 1, process: vp, times: times)
    var last = [Double](repeating: .infinity, count: times.count)
    for m in [1, 100, 10_000, 500_000, n] {
      let partial = losses.values(Double(m)).partial
      #expect(zip(partial, last).allSatisfy { $0.isFinite && $0 >= -1e-9 && $0 < $1 + 1e-6 }, "M = \(m)")
      last = partial
    }
  }
}
