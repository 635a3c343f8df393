// SPDX-License-Identifier: MIT
import Distributions
import Foundation
import Kernels
import LabTesting
import Testing

/// Laws of the data; each statistical check has a false-alarm rate of 1e-6 (4.892 deviations) at its fixed key.
@Suite struct IsotropicMixtureTests {
  let key = RandomKey(seed: 30)
  let bound = 4.892

  @Test func `samples have their component's mean and the shared variance`() {
    let law = IsotropicMixture(
      means: key.child("means").normalRows(3, 4), variance: 0.25, weights: [1, 2, 5])
    let (samples, labels) = law.sample(60_000, key: key.child("samples"))
    for k in 0..<3 {
      let members = labels.indices.filter { labels[$0] == k }
      let n = Double(members.count)
      let share = law.weights[k]
      let deviation = (share * (1 - share) * 60_000).squareRoot()
      #expect(abs(n - share * 60_000) < bound * deviation, "component \(k): \(n) samples")
      for j in 0..<4 {
        let residuals = members.map { samples[$0, j] - law.means[k, j] }
        let mean = residuals.reduce(0, +) / n
        let variance = residuals.reduce(0) { $0 + $1 * $1 } / n
        #expect(abs(mean) < bound * (0.25 / n).squareRoot())
        #expect(abs(variance / 0.25 - 1) < bound * (2 / n).squareRoot())
      }
    }
  }

  @Test func `coordinates are uncorrelated, with each other and with the label's neighbour`() {
    let law = IsotropicMixture(means: Matrix(rows: 1, columns: 3), variance: 1)
    let samples = law.sample(50_000, key: key.child("uncorrelated")).samples
    for (i, j, lag) in [(0, 1, 0), (0, 2, 0), (1, 2, 0), (0, 0, 1), (2, 0, 1)] {
      let products = (0..<49_999).map { samples[$0, i] * samples[$0 + lag, j] }
      let correlation = products.reduce(0, +) / 49_999
      #expect(abs(correlation) < bound / 49_999.0.squareRoot(), "\(i), \(j), lag \(lag): \(correlation)")
    }
  }

  @Test func `weights of zero are never drawn, variance zero stays on the means`() {
    let means = key.child("means").normalRows(4, 2)
    let law = IsotropicMixture(means: means, variance: 0, weights: [0, 3, 0, 1])
    let (samples, labels) = law.sample(500, key: key)
    #expect(Set(labels) == [1, 3])
    #expect(samples == means.gathering(labels))
    #expect(law.weights == [0, 0.75, 0, 0.25])
  }

  @Test func `sample i depends on the key and i alone`() {
    let law = IsotropicMixture(means: key.child("means").normalRows(3, 5), variance: 1)
    let (few, fewLabels) = law.sample(50, key: key)
    let (many, manyLabels) = law.sample(100, key: key)
    #expect(many.gathering(0..<50) == few && Array(manyLabels.prefix(50)) == fewLabels)
    #expect(law.sample(50, key: key.child("other")).samples != few)
  }

  @Test func `means on the sphere have its radius and no preferred direction`() {
    let radius = 30.0.squareRoot()
    let means = MeanLayout.sphere(count: 20_000, dimension: 30, key: key.child("sphere"))
    for row in 0..<means.rows {
      #expect(abs(means.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot() - radius) < 1e-13)
    }
    // Uniform on the sphere of radius sqrt(d): coordinates have mean 0, variance 1, fourth moment 3 d / (d + 2).
    let fourth = 3.0 * 30 / 32
    for j in [0, 7, 29] {
      let column = (0..<means.rows).map { means[$0, j] }
      let mean = column.reduce(0, +) / 20_000
      let variance = column.reduce(0) { $0 + $1 * $1 } / 20_000
      #expect(abs(mean) < bound / 20_000.0.squareRoot())
      #expect(abs(variance - 1) < bound * ((fourth - 1) / 20_000).squareRoot())
      #expect(abs(column.reduce(0) { $0 + pow($1, 4) } / 20_000 - fourth) < bound * (90.0 / 20_000).squareRoot())
    }
    let line = MeanLayout.sphere(count: 100, dimension: 1, radius: 2, key: key)
    #expect(Set(line.values) == [-2, 2])
  }

  @Test func `Gaussian means have their scale`() {
    let means = MeanLayout.gaussian(count: 5000, dimension: 4, scale: 3, key: key)
    let variance = means.values.reduce(0) { $0 + $1 * $1 } / 20_000
    #expect(abs(variance / 9 - 1) < bound * (2.0 / 20_000).squareRoot())
    #expect(MeanLayout.gaussian(count: 2, dimension: 4, scale: 3, key: key) == means.gathering([0, 1]))
  }

  @Test func `data of 100 samples begin with the data of 50, and held-out samples are their own stream`() {
    func data(_ count: Int, _ heldOut: Int) -> Dataset {
      Dataset.isotropic(dimension: 6, trueComponents: 3, trainingCount: count, heldOutCount: heldOut, key: key)
    }
    let (small, large) = (data(50, 20), data(100, 40))
    #expect(large.law == small.law)
    #expect(large.train.gathering(0..<50) == small.train && Array(large.trainLabels.prefix(50)) == small.trainLabels)
    #expect(large.heldOut.gathering(0..<20) == small.heldOut)
    #expect(small.heldOut.gathering(0..<20) != small.train.gathering(0..<20))
    #expect(small.trainLabels.allSatisfy((0..<3).contains) && data(50, 0).heldOut.rows == 0)
  }
}
