// SPDX-License-Identifier: MIT
import Denoisers
import Distributions
import Experiments
import Foundation
import HardEM
import Kernels
import Memorization
import Testing
import Training

/// Hard EM against trained models on the same data from the same start.
///
/// `VERBATIM_AGREEMENT="d,K,N,variance,seeds"` measures one configuration and prints the rows of the table in
/// `Documentation/TheoryHardEM.md`; without it one small configuration guards the claim.
struct AgreementTests {
  /// One data set: the measured and the predicted transition, and the learned stds.
  struct Comparison: Sendable {
    /// By the sweep's sampler; by exact sampling of the same trained mixtures; by hard EM.
    let measured, exact, predicted: Transition
    let stds: [(components: Int, measured: Double, predicted: Double)]

    var worstStd: Double { stds.map { abs($0.measured - $0.predicted) }.max() ?? 0 }
    /// measured - predicted, by the sweep's sampler and by exact sampling.
    var halfError: Double? { Self.difference(measured, predicted) }
    var exactError: Double? { Self.difference(exact, predicted) }

    private static func difference(_ a: Transition, _ b: Transition) -> Double? {
      a.half.value.flatMap { value in b.half.value.map { value - $0 } }
    }
  }

  @Test("half and learned std of a trained sweep are within 0.05 M/N and 0.03 of what hard EM says")
  func small() throws {
    let found = try Self.compare(20, 3, 30, variance: 1, seed: 0, steps: 2500)
    print("hard EM against training, (20, 3, 30): \(Self.row(found))")
    #expect(abs(try #require(found.halfError)) < 0.05)
    #expect(found.worstStd < 0.03)
  }

  @Test(
    "agreement of a chosen configuration (printed)",
    .enabled(if: ProcessInfo.processInfo.environment["VERBATIM_AGREEMENT"] != nil))
  func chosen() throws {
    let text = ProcessInfo.processInfo.environment["VERBATIM_AGREEMENT"] ?? ""
    let numbers = text.split(separator: ",").compactMap { Double($0) }
    try #require(numbers.count == 5, "VERBATIM_AGREEMENT=\(text) is not d,K,N,variance,seeds")
    let (d, k, n) = (Int(numbers[0]), Int(numbers[1]), Int(numbers[2]))
    for seed in 0..<UInt64(numbers[4]) {
      let found = try Self.compare(d, k, n, variance: numbers[3], seed: seed, steps: 5000)
      print("| (\(d), \(k), \(n)) | \(numbers[3]) | \(seed) | \(Self.row(found)) |")
      #expect(found.halfError != nil)
    }
  }

  static func row(_ found: Comparison) -> String {
    func text(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }
    let rms = (found.stds.reduce(0) { $0 + pow($1.measured - $1.predicted, 2) } / Double(found.stds.count)).squareRoot()
    return [
      found.measured.start.value, found.predicted.start.value, found.measured.half.value, found.predicted.half.value,
      found.measured.end.value, found.predicted.end.value, found.exact.half.value, found.halfError, found.exactError,
      found.worstStd, rms,
    ].map(text).joined(separator: " | ")
  }

  /// 2,000 exact samples of a trained mixture, m_j + std z with j uniform.
  private static func exactPoint(_ model: MixtureModel, _ training: Matrix, _ key: RandomKey) -> CurvePoint {
    let (count, key) = (model.componentCount, key.child(model.componentCount))
    let centers = model.means.gathering(key.child("components").integers(2000, below: count))
    let drawn = Matrix(centers + model.std * key.child("normals").normalRows(2000, model.dimension))
    return CurvePoint(capacity: count, ratio: MemorizationTest().ratio(of: drawn, training: training))
  }

  /// The quick preset on the sweep's M (tenths and ten more), and hard EM on the same data and start.
  static func compare(
    _ d: Int, _ k: Int, _ n: Int, variance: Double, seed: UInt64, steps: Int
  ) throws -> Comparison {
    let configuration = Configuration(
      data: DataSettings(
        dimension: d, trueComponents: k, samples: n, variance: variance, heldOutSamples: 1, dataSeed: seed),
      training: try .quick(steps: steps), evaluation: EvaluationSettings(losses: false), seed: seed)
    let memory = RunMemory(keepsResults: true)
    let records = try StudyRunner(
      [CapacityCurve(configuration, .grid(Sweep.tenths(samples: n), refinement: 10, samples: n))]
    ).run(into: memory, threads: 2, observer: { _ in })
    let dataset = configuration.data.dataset
    let curve = HardEM.predict(
      dataset: dataset, seed: seed, counts: Array(1...n), workers: Workers(threads: 2))
    let points = records.compactMap { record in
      record.measurements.map { CurvePoint(capacity: record.settings.capacity, ratio: $0.ratio) }
    }
    let models = memory.results.compactMap { $0.model as? MixtureModel }
    let (fit, key) = (TransitionFit(), RandomKey(seed: seed).child("agreement"))
    return Comparison(
      measured: fit.fit(points, samples: n, key: key),
      exact: fit.fit(models.map { Self.exactPoint($0, dataset.train, key) }, samples: n, key: key),
      predicted: curve.transition,
      stds: records.compactMap { record in
        let count = record.settings.capacity
        return record.measurements.map { (count, $0.learnedStd ?? .nan, curve.points[count - 1].learnedStd) }
      })
  }
}
