// SPDX-License-Identifier: MIT
import Kernels
import LabTesting
import Memorization
import Statistics
import Testing

@Suite struct MetricsGoldenTests {
  /// The README's tolerance of distances and ratios in double precision.
  private let tolerance = 1e-12

  @Test func `golden metrics: nearest distances, indices, flags and the memorization ratio agree`() throws {
    let cases = try Golden.cases("metrics").filter { $0.has("inputs", "samples") }
    #expect(!cases.isEmpty)
    for item in cases {
      let (samples, training) = (try item.matrix("inputs", "samples"), try item.matrix("inputs", "X_train"))
      let test = MemorizationTest(criterion: try item.number("inputs", "threshold"))
      let nearest = NearestTwo.search(samples, in: training)
      #expect(nearest.map(\.index1) == (try item.integers("expected", "nearest_index")), "\(item)")
      #expect(nearest.map(\.index2) == (try item.integers("expected", "second_index")), "\(item)")
      for (values, name) in [
        (nearest.map(\.d1), "nearest_distance"), (nearest.map(\.d2), "second_distance"),
        (nearest.map { $0.d1 / $0.d2 }, "distance_ratio"),
      ] {
        // Each value by itself: norm-wise errors would hide the small distances.
        let errors = zip(values, try item.vector("expected", name)).map { RelativeError.of($0, $1) }
        #expect(errors.count == samples.rows && errors.allSatisfy { $0 <= tolerance }, "\(item) \(name): \(errors)")
      }
      #expect(test.flags(of: samples, training: training) == (try item.flags("expected", "memorized")), "\(item)")
      let ratio = test.ratio(of: samples, training: training)
      #expect(abs(ratio.value - (try item.number("expected", "ratio"))) <= tolerance, "\(item)")
      #expect(ratio.trials == samples.rows)
    }
  }

  @Test func `golden metrics: distances of learned means and counts near samples and true means agree`() throws {
    let cases = try Golden.cases("metrics").filter { $0.has("inputs", "learned_means") }
    #expect(!cases.isEmpty)
    for item in cases {
      let found = LearnedMeans(
        means: try item.matrix("inputs", "learned_means"), training: try item.matrix("inputs", "X_train"),
        trueMeans: try item.matrix("inputs", "true_means"),
        test: MemorizationTest(criterion: try item.number("inputs", "threshold")))
      #expect(found.nearSample == (try item.integer("expected", "num_learned_mean_near_sample")), "\(item)")
      #expect(found.nearTrueMean == (try item.integer("expected", "num_learned_mean_near_true_mean")), "\(item)")
      let second = [("sample", found.secondSample), ("true_mean", found.secondTrueMean ?? .nan)]
      for (target, value) in second {
        let error = RelativeError.of(value, try item.number("expected", "avg_distance_to_second_nearest_\(target)"))
        #expect(error <= tolerance, "\(item) second \(target): error \(error)")
      }
      for (target, quantiles) in [("sample", found.toSample), ("true_mean", found.toTrueMean)] {
        for (prefix, value) in [
          ("avg", quantiles.mean), ("p10.0", quantiles.p10), ("p25.0", quantiles.p25), ("p50.0", quantiles.p50),
          ("p75.0", quantiles.p75), ("p90.0", quantiles.p90),
        ] {
          let error = RelativeError.of(value, try item.number("expected", "\(prefix)_distance_to_nearest_\(target)"))
          #expect(error <= tolerance, "\(item) \(prefix) \(target): error \(error)")
        }
      }
    }
  }
}
