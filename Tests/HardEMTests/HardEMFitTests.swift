// SPDX-License-Identifier: MIT
import Distributions
import HardEM
import Kernels
import Testing

/// A data set of the laboratory.
func laboratory(_ d: Int, _ k: Int, _ n: Int, variance: Double = 1, seed: UInt64) -> Matrix {
  Dataset.isotropic(
    dimension: d, trueComponents: k, trainingCount: n, heldOutCount: 0, variance: variance, key: RandomKey(seed: seed)
  ).train
}

struct HardEMFitTests {
  @Test("equals naive k-means: same components, same means", arguments: 0..<40)
  func naive(trial: Int) {
    let shapes = [(1, 2, 9), (2, 3, 12), (3, 2, 30), (10, 4, 40)]
    let (d, k, n) = shapes[trial % shapes.count]
    let samples = laboratory(d, k, n, seed: UInt64(trial))
    let subset = RandomKey(seed: 5).child(trial).permutation(n)
    for count in [1, 2, n / 3, n / 2, n - 1, n] {
      let expected = NaiveKMeans(samples, subset: Array(subset.prefix(count)))
      let fit = HardEM.fit(samples: samples, components: count, subset: subset)
      #expect(fit.converged && fit.assignments == expected.owners && fit.iterations == expected.iterations)
      #expect(fit.means == Matrix(expected.means))
    }
  }

  @Test("no single sample can move to a nearer mean, and std is that of the residuals")
  func fixedPoint() {
    let samples = laboratory(20, 4, 120, seed: 6)
    let fit = HardEM.fit(samples: samples, components: 50, subset: RandomKey(seed: 7).permutation(120))
    var total = 0.0
    for (index, owner) in fit.assignments.enumerated() {
      let squares = (0..<50).map { NaiveKMeans.distance(Array(samples.row(index)), Array(fit.means.row($0))) }
      #expect(squares.allSatisfy { squares[owner] <= $0 })
      total += squares[owner]
    }
    #expect(abs(fit.std - (total / (120 * 20)).squareRoot()) < 1e-14)
  }

  @Test("the best of all starts is the best of all partitions, on tiny sets", arguments: 0..<20)
  func bruteForce(trial: Int) {
    let samples = RandomKey(seed: 8).child(trial).normalRows(7, 2)
    let best =
      (0..<7).flatMap { a in (0..<7).filter { $0 != a }.map { [a, $0] } }
      .map { HardEM.fit(samples: samples, components: 2, subset: $0).std }.min() ?? 0
    let optimum = (1..<64).map { Self.residual(samples, mask: $0) }.min() ?? 0
    // Lloyd's method ends in a local minimum: never below the optimum, and from 42 starts seldom above it.
    #expect(best >= (optimum / 14).squareRoot() - 1e-12)
    #expect(best <= (optimum / 14).squareRoot() * 1.15)
  }

  /// The sum of squared residuals of the partition whose first part is the mask's bits.
  private static func residual(_ samples: Matrix, mask: Int) -> Double {
    [true, false].reduce(0.0) { sum, side in
      let part = samples.gathering((0..<7).filter { (mask >> $0 & 1 == 1) == side })
      return sum
        + (0..<2).reduce(0.0) { sum, column in
          let values = (0..<part.rows).map { part[$0, column] }
          let mean = values.reduce(0, +) / Double(values.count)
          return sum + values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
    }
  }

  @Test("the objective never rises", arguments: [5, 20, 60, 150, 250])
  func monotone(count: Int) {
    let samples = laboratory(8, 5, 300, seed: 9)
    let fit = HardEM.fit(samples: samples, components: count, subset: RandomKey(seed: 10).permutation(300))
    #expect(fit.objectives.count == fit.iterations && fit.iterations >= 2)
    #expect(zip(fit.objectives, fit.objectives.dropFirst()).allSatisfy { $1 <= $0 * (1 + 1e-14) })
  }

  @Test("M = N keeps every sample, M = 1 finds the mean, duplicates keep their components")
  func edges() {
    let samples = laboratory(5, 2, 20, seed: 11)
    let all = HardEM.fit(samples: samples, components: 20, subset: Array(0..<20))
    #expect(all.std == 0 && all.means == samples && all.singletonShare == 1 && all.iterations == 1)
    let one = HardEM.fit(samples: samples, components: 1, subset: [3])
    #expect(one.singletonShare == 0 && one.assignments.allSatisfy { $0 == 0 })
    let doubled = Matrix(rows: 2, columns: 1, values: [4, 4])
    let twins = HardEM.fit(samples: doubled, components: 2, subset: [1, 0])
    #expect(twins.assignments == [1, 0] && twins.emptyComponents == 0 && twins.std == 0)
  }

  @Test("a component can lose all its samples: it stays where it was, and is counted")
  func empty() {
    // -1 starts the middle component and wins 1; crowds drag both neighbours within reach of -1 and of 1.
    let values = [-2.5, -1, 3.2, 1] + Array(repeating: -1.76, count: 20) + Array(repeating: 1.2, count: 20)
    let samples = Matrix(rows: values.count, columns: 1, values: values)
    let fit = HardEM.fit(samples: samples, components: 3, subset: [0, 1, 2])
    #expect(fit.emptyComponents == 1 && fit.means[1, 0] == 0 && fit.converged)
    #expect(!fit.assignments.contains(1))
    // The curve falls back on coordinates there and needs no special case.
    let expected = NaiveKMeans(samples, subset: [0, 1, 2])
    #expect(fit.assignments == expected.owners && fit.means == Matrix(expected.means))
  }

  @Test("two threads find the same as one")
  func threads() {
    let samples = laboratory(10, 3, 3000, seed: 12)
    let subset = RandomKey(seed: 13).permutation(3000)
    let serial = HardEM.fit(samples: samples, components: 700, subset: subset)
    let parallel = HardEM.fit(samples: samples, components: 700, subset: subset, workers: Workers(threads: 2))
    #expect(serial == parallel && serial.iterations > 3)
  }
}
