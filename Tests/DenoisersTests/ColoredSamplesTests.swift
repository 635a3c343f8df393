// SPDX-License-Identifier: MIT
import Distributions
import Kernels
import Testing

/// Each statistical check has a false-alarm rate of 1e-6 (4.892 deviations) at its fixed key.
@Suite struct ColoredSamplesTests {
  let key = RandomKey(seed: 23)
  let bound = 4.892

  @Test func `images are a template times a colour, channel after channel`() {
    let samples = ColoredSamples(
      templates: Matrix([[1, 2], [3, 4]]), labels: [1, 0], colors: Matrix([[1, 10, 100], [2, 0, -1]]))
    #expect(samples.points == Matrix([[3, 4, 30, 40, 300, 400], [2, 4, 0, 0, -1, -2]]))
    #expect(samples.gathering([1]).points == Matrix([[2, 4, 0, 0, -1, -2]]))
  }

  @Test func `colours have their mean and variance, templates their weight`() {
    let law = ColoredTemplateLaw(
      templates: key.child("templates").normalRows(2, 3), colorMeans: Matrix([[1, -2], [0, 0.5]]), colorVariance: 0.25,
      weights: [1, 3])
    let samples = law.sample(40_000, key: key)
    for k in 0..<2 {
      let members = samples.labels.indices.filter { samples.labels[$0] == k }
      let (n, share) = (Double(members.count), law.weights[k])
      #expect(abs(n - share * 40_000) < bound * (share * (1 - share) * 40_000).squareRoot())
      for c in 0..<2 {
        let residuals = members.map { samples.colors[$0, c] - law.colorMeans[k, c] }
        #expect(abs(residuals.reduce(0, +) / n) < bound * (0.25 / n).squareRoot())
        let variance = residuals.reduce(0) { $0 + $1 * $1 } / n
        #expect(abs(variance / 0.25 - 1) < bound * (2 / n).squareRoot())
      }
    }
  }

  @Test func `data of 100 images begin with the data of 50, and held-out images are their own stream`() {
    let law = ColoredTemplateLaw(templates: key.child("templates").normalRows(4, 9))
    #expect(law.channelCount == 3 && law.dimension == 27 && law.weights == [0.25, 0.25, 0.25, 0.25])
    let small = ColoredDataset(law: law, trainingCount: 50, heldOutCount: 20, key: key)
    let large = ColoredDataset(law: law, trainingCount: 100, heldOutCount: 40, key: key)
    #expect(large.train.gathering(0..<50) == small.train && large.heldOut.gathering(0..<20) == small.heldOut)
    #expect(small.heldOut.colors != small.train.gathering(0..<20).colors)
  }
}
