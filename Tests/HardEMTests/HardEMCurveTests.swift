// SPDX-License-Identifier: MIT
import Denoisers
import Distributions
import Kernels
import Memorization
import Statistics
import Testing

import HardEM

struct HardEMCurveTests {
  @Test("tables and coordinates give the same points", arguments: [0.25, 1, 4])
  func twins(variance: Double) {
    let samples = laboratory(30, 3, 50, variance: variance, seed: 1)
    let key = RandomKey(seed: 2)
    let builder = CurveBuilder(
      samples: samples, startKey: key.child("start"), criterion: 1.0 / 3.0,
      draws: EvaluationDraws(count: 500, dimension: 30, key: key.child("draws")))
    let tables = PairTables(samples, normals: builder.draws.normals, workers: .serial)
    for count in 1...50 {
      let (fast, direct) = (builder.point(count, tables), builder.directPoint(count, workers: .serial))
      #expect(fast.memorized == direct.memorized && fast.singletonShare == direct.singletonShare)
      #expect(abs(fast.learnedStd - direct.learnedStd) < 1e-12)
    }
  }

  @Test("the ratio agrees with direct sampling from an independent stream")
  func sampling() throws {
    let samples = laboratory(40, 6, 100, seed: 3)
    let key = RandomKey(seed: 4)
    let points = HardEM.curve(
      samples: samples, startKey: key, counts: [60, 75, 80, 85, 95], evaluationSamples: 4000, key: key.child("a")
    ).points
    let subset = MixtureModel.memorizedSubset(components: 100, of: 100, key: key)
    for point in points {
      let fit = HardEM.fit(samples: samples, components: point.components, subset: subset)
      let stream = key.child("b").child(point.components)
      let means = fit.means.gathering(stream.child("c").integers(4000, below: point.components))
      let drawn = Matrix(means + fit.std * stream.child("z").normalRows(4000, 40))
      let other = MemorizationTest().ratio(of: drawn, training: samples)
      // Difference of two proportions of 4,000 at 4.5 standard errors: false alarm below 1e-5 per point, 5e-5 in all.
      let mean = (point.ratio.value + other.value) / 2
      let bound = 4.5 * (mean * (1 - mean) / 2000).squareRoot()
      #expect(abs(point.ratio.value - other.value) <= bound, "M = \(point.components)")
    }
    #expect(points.contains { (0.2...0.8).contains($0.ratio.value) })
  }

  @Test("a looser criterion memorizes more, a stricter one less")
  func criterion() throws {
    let samples = laboratory(30, 3, 50, seed: 5)
    let halves = try [0.5, 1.0 / 3.0, 0.2].map { criterion in
      try #require(
        HardEM.curve(
          samples: samples, startKey: RandomKey(seed: 6), counts: Array(1...50), criterion: criterion,
          key: RandomKey(seed: 7)
        ).transition.half.value)
    }
    #expect(halves[0] < halves[1] && halves[1] < halves[2])
  }

  @Test("two threads predict the same as one, and each M the same alone as in a curve")
  func reproducible() {
    func predict(_ threads: Int, _ counts: [Int]) -> HardEMPrediction {
      HardEM.predict(
        dimension: 20, trueComponents: 3, samples: 40, counts: counts, repeats: 3, evaluationSamples: 300,
        key: RandomKey(seed: 8), workers: Workers(threads: threads))
    }
    let serial = predict(1, Array(1...40))
    #expect(serial == predict(2, Array(1...40)))
    #expect(predict(1, [30]).points == serial.points.filter { $0.components == 30 })
    #expect(
      serial
        != HardEM.predict(
          dimension: 20, trueComponents: 3, samples: 40, counts: Array(1...40), repeats: 3, evaluationSamples: 300,
          key: RandomKey(seed: 9)))
  }

  @Test("the start is the laboratory's: nested prefixes of the seed's permutation")
  func laboratoryStart() {
    let data = Dataset.isotropic(
      dimension: 10, trueComponents: 2, trainingCount: 30, heldOutCount: 0, key: RandomKey(seed: 10))
    let curve = HardEM.predict(dataset: data, seed: 11, counts: [20])
    let subset = MixtureModel.memorizedSubset(components: 20, of: 30, key: RandomKey(seed: 11).child("start"))
    let fit = HardEM.fit(samples: data.train, components: 20, subset: subset)
    #expect(abs(curve.points[0].learnedStd - fit.std) < 1e-13)
    #expect(curve.points[0].singletonShare == fit.singletonShare)
  }

  @Test("the interval over draws covers a further draw, and is wider than that of one data set's samples")
  func interval() throws {
    let key = RandomKey(seed: 12)
    let prediction = HardEM.predict(
      dimension: 30, trueComponents: 3, samples: 50, repeats: 8, evaluationSamples: 1000, key: key)
    let half = prediction.transition.half
    let (value, low, high) = try (#require(half.value), #require(half.low), #require(half.high))
    #expect(low < value && value < high && high - low > 0.01 && high - low < 0.2)
    let halves = prediction.curves.compactMap(\.transition.half.value)
    #expect(abs(halves.reduce(0, +) / 8 - value) < 1e-12)
  }

  @Test("where a draw never crosses there is no mean crossing, and words say why")
  func noCrossing() {
    let prediction = HardEM.predict(
      dimension: 30, trueComponents: 3, samples: 50, counts: [5, 10], repeats: 2, key: RandomKey(seed: 13))
    #expect(prediction.transition.half.value == nil)
    #expect(prediction.transition.half.reason?.hasPrefix("2 of 2 draws") == true)
  }

  @Test("every M of (50, 12, 200) takes less than a second on two threads")
  func speed() {
    let workers = Workers(threads: 2)
    let samples = laboratory(50, 12, 200, seed: 14)
    let elapsed = ContinuousClock().measure {
      _ = HardEM.curve(
        samples: samples, startKey: RandomKey(seed: 15), counts: Array(1...200), key: RandomKey(seed: 16),
        workers: workers)
    }
    print("hard EM, (50, 12, 200), M = 1..200, 2,000 samples each: \(elapsed)")
    // Several times what a busy machine takes: a guard against a lost structure, not a benchmark.
    #expect(elapsed < .seconds(3))
  }
}
