// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import LabTesting
import Testing

@Suite struct LowRankTests {
  let key = RandomKey(seed: 21)
  let process = VariancePreserving()

  /// Components of ranks 0, 1, 2, .. with unequal weights.
  private func law(components: Int, dimension: Int) -> LowRankMixture {
    let factors = (0..<components).map { key.child("factor").child($0).normalRows(dimension, $0) }
    return LowRankMixture(
      means: key.child("means").normalRows(components, dimension), factors: factors,
      weights: (0..<components).map { Double($0 + 1) })
  }

  @Test func `the denoiser agrees with dense covariances and their Cholesky factors`() {
    // t = 0.02: below it the twin's own condition number, (|A| / sigma)^2, costs it the digits.
    let law = law(components: 5, dimension: 6)
    let (ours, twin) = (LowRankDenoiser(law: law), DenseMixture(law))
    for name in ProcessName.allCases {
      for t in [0.02, 0.3, 0.8, 0.999] {
        let process = name.process
        let noise = key.child("noise").normalRows(40, 6)
        let noised = Matrix(process.alpha(t) * law.sample(40, key: key).samples + process.sigma(t) * noise)
        let (a, b) = (
          ours.posterior(noised, process: process, at: t), twin.posterior(noised, process: process, at: t)
        )
        #expect(RelativeError.worstRow(a.clean, b.clean) < 1e-10, "clean at \(t), \(name)")
        #expect(RelativeError.worstRow(a.noise, b.noise) < 1e-10, "noise at \(t), \(name)")
      }
    }
  }

  @Test func `a covariance that is slightly wrong is noticed`() {
    let law = law(components: 4, dimension: 5)
    let wrong = LowRankMixture(
      means: law.means, factors: law.factors.map { Matrix(1.00001 * $0) }, weights: law.weights)
    let points = law.sample(20, key: key).samples
    let (a, b) = (
      LowRankDenoiser(law: wrong).posterior(points, process: process, at: 0.3),
      DenseMixture(law).posterior(points, process: process, at: 0.3)
    )
    #expect(RelativeError.worstRow(a.noise, b.noise) > 1e-7)
  }

  @Test func `spherical components are the isotropic mixture, rank zero is memorization`() {
    let means = key.child("means").normalRows(7, 4)
    let points = key.child("points").normalRows(30, 4)
    let pairs: [(any Denoiser, any Denoiser)] = [
      (
        LowRankDenoiser(law: LowRankMixture(means: means, variances: Array(repeating: 0.3, count: 7))),
        MixtureDenoiser(means: means, variance: 0.3)
      ),
      (
        LowRankDenoiser(
          law: LowRankMixture(means: means, factors: Array(repeating: Matrix(rows: 4, columns: 0), count: 7))),
        MemorizingDenoiser(samples: means)
      ),
    ]
    for (ours, other) in pairs {
      for t in [0.001, 0.2, 0.999] {
        let (a, b) = (ours.posterior(points, process: process, at: t), other.posterior(points, process: process, at: t))
        #expect(RelativeError.worstRow(a.clean, b.clean) < 1e-9, "clean at \(t)")
        #expect(RelativeError.worstRow(a.noise, b.noise) < 1e-9, "noise at \(t)")
      }
    }
  }

  /// One component: noise = sigma (alpha^2 A A^T + sigma^2 I)^-1 delta, by hand for A = (a, 0)^T and (a, b) diagonal.
  @Test func `noise keeps its digits at the smallest times`() {
    for t in [1e-6, 0.001] {
      let (alpha, sigma) = (process.alpha(t), process.sigma(t))
      for (a, b) in [(3.0, 0.0), (3.0, 0.5), (2.0, 1e-4)] {
        let law = LowRankMixture(means: Matrix([[0.7, -0.2]]), factors: [Matrix([[a, 0], [0, b]])])
        let points = Matrix([[1.1, -0.2 + 3 * sigma], [-2, 5]])
        let noise = LowRankDenoiser(law: law).posterior(points, process: process, at: t).noise
        for row in 0..<2 {
          let delta = [points[row, 0] - alpha * 0.7, points[row, 1] + alpha * 0.2]
          let expected = [
            sigma * delta[0] / (alpha * alpha * a * a + sigma * sigma),
            sigma * delta[1] / (alpha * alpha * b * b + sigma * sigma),
          ]
          for j in 0..<2 {
            #expect(abs(noise[row, j] / expected[j] - 1) < 1e-13, "t \(t), (\(a), \(b)), coordinate \(j)")
          }
        }
      }
    }
  }

  @Test func `points however far give numbers, NaN points give NaN in their rows alone`() {
    let law = law(components: 4, dimension: 3)
    let denoiser = LowRankDenoiser(law: law)
    for scale in [1e8, 1e160, 1e300] {
      let far = key.child("far").normalRows(6, 3)
      let posterior = denoiser.posterior(Matrix(scale * far), process: process, at: 0.001)
      #expect(!(posterior.clean.values + posterior.noise.values).contains { $0.isNaN }, "scale \(scale)")
    }
    var points = key.child("points").normalRows(5, 3)
    points[2, 1] = .nan
    let posterior = denoiser.posterior(points, process: process, at: 0.5)
    for row in 0..<5 {
      #expect(posterior.clean.row(row).allSatisfy { $0.isNaN == (row == 2) })
      #expect(posterior.noise.row(row).allSatisfy { $0.isNaN == (row == 2) })
    }
  }

  @Test func `samples have their component's mean and covariance`() {
    let law = law(components: 3, dimension: 3)
    let (samples, labels) = law.sample(60_000, key: key)
    for k in 0..<3 {
      let members = labels.indices.filter { labels[$0] == k }
      let n = Double(members.count)
      #expect(abs(n / 60_000 - law.weights[k]) < 4.892 * (0.25 / 60_000).squareRoot())
      let covariance = DenseMixture(law).covariances[k]
      for i in 0..<3 {
        for j in 0...i {
          let products = members.map { (samples[$0, i] - law.means[k, i]) * (samples[$0, j] - law.means[k, j]) }
          // Isserlis: the variance of a product of centred Gaussians is S_ii S_jj + S_ij^2.
          let spread = covariance[i, i] * covariance[j, j] + covariance[i, j] * covariance[i, j]
          let gap = abs(products.reduce(0, +) / n - covariance[i, j])
          #expect(gap <= 4.892 * (spread / n).squareRoot() + 1e-12, "component \(k), (\(i), \(j))")
        }
      }
    }
    #expect(law.sample(10, key: key).samples == samples.gathering(0..<10))
  }

  @Test func `a full covariance and its factor give the same law`() {
    let law = law(components: 4, dimension: 4)
    let full = LowRankMixture(means: law.means, covariances: DenseMixture(law).covariances, weights: law.weights)
    for (one, other) in zip(DenseMixture(law).covariances, DenseMixture(full).covariances) {
      #expect(zip(one.values, other.values).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }
}
