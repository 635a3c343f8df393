// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import LabTesting
import Testing

@Suite struct ColoredTemplateTests {
  let key = RandomKey(seed: 22)
  let process = VariancePreserving()

  private func law(_ components: Int, _ channels: Int, _ pixels: Int, variance: Double = 0.4) -> ColoredTemplateLaw {
    let key = key.child(components).child(channels).child(pixels)
    return ColoredTemplateLaw(
      templates: key.child("templates").normalRows(components, pixels),
      colorMeans: key.child("colors").normalRows(components, channels), colorVariance: variance,
      weights: (0..<components).map { Double($0 + 1) })
  }

  private func noised(_ samples: ColoredSamples, _ process: any DiffusionProcess, _ t: Double) -> Matrix {
    let points = samples.points
    let noise = key.child("noise").normalRows(points.rows, points.columns)
    return Matrix(process.alpha(t) * points + process.sigma(t) * noise)
  }

  /// The twin: the same law with explicit factors. Shapes fill no vector and no group of channels.
  @Test(arguments: [(1, 1, 2), (2, 3, 5), (7, 4, 16), (5, 2, 17), (4, 5, 33), (9, 3, 225)])
  func `the denoiser agrees with the low-rank one`(shape: (Int, Int, Int)) {
    let law = law(shape.0, shape.1, shape.2)
    let (ours, twin) = (ColoredTemplateDenoiser(law: law), LowRankDenoiser(law: law.lowRank))
    for process in ProcessName.allCases.map(\.process) {
      for t in [0.001, 0.3, 0.9, 0.999] {
        let points = noised(law.sample(12, key: key), process, t)
        let (a, b) = (
          ours.posterior(points, process: process, at: t), twin.posterior(points, process: process, at: t)
        )
        #expect(RelativeError.worstRow(a.clean, b.clean) < 1e-10, "clean at \(t), \(process.name)")
        #expect(RelativeError.worstRow(a.noise, b.noise) < 1e-9, "noise at \(t), \(process.name)")
        let (v, w) = (
          ours.posteriorWeights(points, process: process, at: t), twin.posteriorWeights(points, process: process, at: t)
        )
        #expect(RelativeError.worstRow(v, w) < 1e-9, "weights at \(t), \(process.name)")
      }
    }
  }

  @Test func `colours without variance are memorized images`() {
    let samples = law(3, 3, 20).sample(40, key: key)
    let ours = ColoredTemplateDenoiser(
      templates: samples.templates.gathering(samples.labels), colorMeans: samples.colors, colorVariance: 0)
    let subset = [3, 17, 5]
    let part = ColoredTemplateDenoiser(
      templates: samples.templates.gathering(subset.map { samples.labels[$0] }),
      colorMeans: samples.colors.gathering(subset), colorVariance: 0)
    let pairs: [(any Denoiser, any Denoiser)] = [
      (ours, MemorizingDenoiser(samples: samples.points)),
      (part, PartiallyMemorizingDenoiser(samples: samples.points, subset: subset)),
    ]
    for (ours, other) in pairs {
      for t in [0.001, 0.4, 0.999] {
        let points = noised(samples, process, t)
        let (a, b) = (ours.posterior(points, process: process, at: t), other.posterior(points, process: process, at: t))
        #expect(RelativeError.worstRow(a.clean, b.clean) < 1e-9, "clean at \(t)")
        #expect(RelativeError.worstRow(a.noise, b.noise) < 1e-9, "noise at \(t)")
      }
    }
  }

  @Test func `a larger template with a smaller colour is the same component`() {
    let law = law(4, 3, 12, variance: 0)
    let scaled = ColoredTemplateLaw(
      templates: Matrix(8 * law.templates),
      colorMeans: Matrix(0.125 * law.colorMeans),
      colorVariance: 0, weights: law.weights)
    let points = noised(law.sample(10, key: key), process, 0.3)
    let (a, b) = (
      ColoredTemplateDenoiser(law: law).posterior(points, process: process, at: 0.3),
      ColoredTemplateDenoiser(law: scaled).posterior(points, process: process, at: 0.3)
    )
    #expect(RelativeError.worstRow(a.noise, b.noise) < 1e-13)
  }

  @Test func `points however far give numbers, NaN points give NaN in their rows alone`() {
    for variance in [0, 1e-6, 1] {
      let denoiser = ColoredTemplateDenoiser(law: law(5, 3, 4, variance: variance))
      for scale in [1e8, 1e160, 1e300] {
        let far = key.child("far").normalRows(6, 12)
        for t in [1e-6, 0.5] {
          let posterior = denoiser.posterior(Matrix(scale * far), process: process, at: t)
          #expect(
            !(posterior.clean.values + posterior.noise.values).contains { $0.isNaN }, "\(scale), \(variance), \(t)")
        }
      }
      var points = key.child("points").normalRows(5, 12)
      points[2, 1] = .nan
      let posterior = denoiser.posterior(points, process: process, at: 0.5)
      for row in 0..<5 { #expect(posterior.noise[row, 1].isNaN == (row == 2)) }
    }
  }
}
