// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Kernels
import LabTesting
import Testing

/// The vectorized posterior against its naive twin, over shapes that fill no block.
@Suite struct PosteriorKernelTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    let points, components, dimension: Int
    var testDescription: String { "n \(points), M \(components), d \(dimension)" }
  }

  static let shapes = [
    Shape(points: 1, components: 1, dimension: 1), Shape(points: 1, components: 2, dimension: 3),
    Shape(points: 7, components: 1, dimension: 5), Shape(points: 8, components: 8, dimension: 8),
    Shape(points: 9, components: 13, dimension: 1), Shape(points: 31, components: 17, dimension: 7),
    Shape(points: 33, components: 5, dimension: 31), Shape(points: 65, components: 50, dimension: 30),
    Shape(points: 0, components: 3, dimension: 2),
  ]

  @Test(arguments: shapes) func `weights, clean and noise agree with the twin`(shape: Shape) {
    let key = RandomKey(seed: 9).child(shape.testDescription)
    let means = key.child("means").normalRows(shape.components, shape.dimension)
    let weights = key.child("weights").uniforms(shape.components).map { $0 + 0.01 }
    let points = key.child("points").normalRows(shape.points, shape.dimension)
    for variance in [0, 1e-6, 0.3, 1] {
      let fast = MixtureDenoiser(means: means, variance: variance, weights: weights)
      let naive = ReferenceMixture(means: means, variance: variance, weights: weights)
      for t in [0.001, 0.2, 0.9, 0.999] {
        compare(fast, naive, points, VariancePreserving(), t)
        compare(fast, naive, points, FlowMatching(), t)
      }
      compare(fast, naive, points, VarianceExploding(), 40)
    }
  }

  private func compare(
    _ fast: MixtureDenoiser, _ naive: ReferenceMixture, _ points: Matrix, _ process: any DiffusionProcess, _ t: Double
  ) {
    let (ours, theirs) = (
      fast.posterior(points, process: process, at: t), naive.posterior(points, process: process, at: t)
    )
    // Logits reach |x|^2 / V; both round them to within a few ulps.
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    let farthest = points.values.map { $0 * $0 }.reduce(0, +) + 100 * Double(points.columns)
    let bound = 1e-13 + 1e-15 * farthest / (alpha * alpha * fast.variance + sigma * sigma)
    // An error of a weight moves the clean estimate by that share of the largest mean.
    let reach = fast.means.values.map(abs).max() ?? 0
    let gap = zip(ours.clean.values, theirs.clean.values).map { abs($0 - $1) }.max() ?? 0
    #expect(gap <= bound * reach, "clean at \(t)")
    #expect(RelativeError.worstRow(ours.noise, theirs.noise) <= bound, "noise at \(t)")
    let weights = fast.posteriorWeights(points, process: process, at: t)
    let expected = naive.posteriorWeights(points, process: process, at: t)
    #expect(RelativeError.worstRow(weights, expected) <= bound, "weights at \(t)")
    for row in 0..<points.rows {
      #expect(abs(weights.row(row).reduce(0, +) - 1) < 1e-14)
    }
  }

  @Test func `a point's result does not depend on its place or its block`() {
    let key = RandomKey(seed: 10)
    let denoiser = MixtureDenoiser(means: key.child("means").normalRows(19, 6), variance: 0.1)
    let points = key.child("points").normalRows(70, 6)
    let all = denoiser.posterior(points, process: VariancePreserving(), at: 0.4)
    let order = key.child("order").permutation(70)
    let shuffled = denoiser.posterior(points.gathering(order), process: VariancePreserving(), at: 0.4)
    #expect(shuffled.clean == all.clean.gathering(order))
    #expect(shuffled.noise == all.noise.gathering(order))
    for count in [1, 5, 8, 33] {
      let some = denoiser.posterior(points.gathering(0..<count), process: VariancePreserving(), at: 0.4)
      #expect(some.noise == all.noise.gathering(0..<count))
    }
  }
}
