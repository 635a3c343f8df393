// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import LabTesting
import Testing

@Suite struct DenoiserEdgeTests {
  let key = RandomKey(seed: 12)
  let process = VariancePreserving()

  @Test func `every denoiser keeps the rules of a denoiser`() {
    let samples = key.child("samples").normalRows(23, 5)
    let denoisers: [(String, any Denoiser)] = [
      ("Gaussian", GaussianDenoiser(mean: [1, 0, -1, 2, 0.5], variance: 0.4)),
      ("mixture", MixtureDenoiser(means: samples, variance: 0.2, weights: Array(stride(from: 1, through: 23, by: 1)))),
      ("one component", MixtureDenoiser(means: samples.gathering([0]), variance: 1)),
      ("memorizing", MemorizingDenoiser(samples: samples)),
      ("partially memorizing", PartiallyMemorizingDenoiser(samples: samples, subset: [4, 2, 19])),
      ("reference", ReferenceMixture(means: samples, variance: 0.2)),
      (
        "low rank",
        LowRankDenoiser(
          law: LowRankMixture(means: samples, factors: (0..<23).map { key.child($0).normalRows(5, $0 % 6) }))
      ),
    ]
    let images = ColoredTemplateLaw(
      templates: samples, colorMeans: key.child("colors").normalRows(23, 2), colorVariance: 0.4)
    let colored = LogDeterminant.allCases.map {
      ("coloured, \($0)", ColoredTemplateDenoiser(law: images, logDeterminant: $0) as any Denoiser)
    }
    for (name, denoiser) in denoisers + colored {
      for process in ProcessName.allCases {
        let findings = Conformance.check(denoiser: denoiser, process: process.process, key: key.child(name))
        #expect(findings.isEmpty, "\(name), \(process): \(findings.joined(separator: "; "))")
      }
    }
  }

  @Test func `the check finds rows that mix, a wrong noise and a field that is no posterior mean`() {
    struct Broken: Denoiser {
      enum Fault: CaseIterable { case mixing, noise, rotation }
      var fault: Fault
      let sound = GaussianDenoiser(mean: [0, 1], variance: 0.5)
      var dimension: Int { 2 }
      func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
        var posterior = sound.posterior(noised, process: process, at: t)
        switch fault {
        case .mixing: if noised.rows > 1 { posterior.clean[0, 0] += 1e-15 }
        case .noise: posterior.noise = Matrix(1.0001 * posterior.noise)
        case .rotation:
          for row in 0..<noised.rows {
            posterior.clean[row, 0] += 0.1 * noised[row, 1]
            posterior.noise[row, 0] -= 0.1 * noised[row, 1] * process.alpha(t) / process.sigma(t)
          }
        }
        return posterior
      }
    }
    for fault in Broken.Fault.allCases {
      let findings = Conformance.check(denoiser: Broken(fault: fault), process: process, key: key)
      #expect(!findings.isEmpty, "\(fault)")
    }
  }

  @Test func `one component is one Gaussian`() {
    let mean = [3.0, -1, 2]
    let mixture = MixtureDenoiser(means: Matrix([mean]), variance: 0.7)
    let points = key.child("points").normalRows(10, 3)
    for t in [1e-6, 0.01, 0.5, 0.999, 1 - 1e-6] {
      let (ours, closed) = (
        mixture.posterior(points, process: process, at: t),
        GaussianDenoiser(mean: mean, variance: 0.7).posterior(points, process: process, at: t)
      )
      #expect(RelativeError.worstRow(ours.clean, closed.clean) < 1e-14)
      #expect(RelativeError.worstRow(ours.noise, closed.noise) < 1e-14)
      #expect(mixture.posteriorWeights(points, process: process, at: t).values == Array(repeating: 1, count: 10))
    }
  }

  @Test func `a component of weight zero is as good as absent`() {
    let means = key.child("means").normalRows(5, 4)
    let points = Matrix(key.child("points").normalRows(9, 4) + means.gathering([1, 1, 1, 1, 1, 1, 1, 1, 1]))
    let with = MixtureDenoiser(means: means, variance: 0.1, weights: [1, 0, 2, 0, 3])
    let without = MixtureDenoiser(means: means.gathering([0, 2, 4]), variance: 0.1, weights: [1, 2, 3])
    let (first, second) = (
      with.posterior(points, process: process, at: 0.3), without.posterior(points, process: process, at: 0.3)
    )
    #expect(first.clean == second.clean && first.noise == second.noise)
    let weights = with.posteriorWeights(points, process: process, at: 0.3)
    #expect(weights.columns == 5)
    for row in 0..<9 { #expect(weights[row, 1] == 0 && weights[row, 3] == 0 && weights[row, 4] > 0) }
  }

  @Test func `points however far give numbers, never NaN`() {
    let means = key.child("means").normalRows(20, 3)
    for scale in [1e3, 1e8, 1e100, 1e160, 1e300] {
      let points = Matrix(scale * key.child("far").normalRows(11, 3))
      for variance in [0, 1e-6, 1] {
        for t in [1e-6, 0.001, 0.5, 0.999] {
          let mixture = MixtureDenoiser(means: means, variance: variance)
          let posterior = mixture.posterior(points, process: process, at: t)
          #expect(posterior.clean.values.allSatisfy { !$0.isNaN }, "clean, \(scale), \(variance), \(t)")
          #expect(posterior.noise.values.allSatisfy { !$0.isNaN }, "noise, \(scale), \(variance), \(t)")
        }
      }
    }
  }

  @Test func `NaN points give NaN, in their rows alone`() {
    let denoiser = MemorizingDenoiser(samples: key.child("samples").normalRows(4, 2))
    var points = key.child("points").normalRows(10, 2)
    points[3, 1] = .nan
    let noise = denoiser.posterior(points, process: process, at: 0.5).noise
    for row in 0..<10 { #expect(noise[row, 1].isNaN == (row == 3)) }
  }

  @Test func `the memorizing denoiser returns the sample that was noised a little`() {
    let samples = key.child("samples").normalRows(50, 10)
    let noise = key.child("noise").normalRows(50, 10)
    let noised = Matrix(process.alpha(0.01) * samples + process.sigma(0.01) * noise)
    let denoiser = MemorizingDenoiser(samples: samples)
    let posterior = denoiser.posterior(noised, process: process, at: 0.01)
    #expect(posterior.clean == samples)
    #expect(RelativeError.worstRow(posterior.noise, noise) < 1e-12)
    let weights = denoiser.posteriorWeights(noised, process: process, at: 0.01)
    for row in 0..<50 { #expect(weights[row, row] == 1) }
  }

  @Test func `the generalizing denoiser beats every other in mean squared error on fresh samples`() {
    let data = Dataset.isotropic(
      dimension: 8, trueComponents: 3, trainingCount: 30, heldOutCount: 4000, key: key.child("data"))
    let noise = key.child("fresh").normalRows(4000, 8)
    for t in [0.3, 0.7] {
      let noised = Matrix(process.alpha(t) * data.heldOut + process.sigma(t) * noise)
      func loss(_ denoiser: any Denoiser) -> Double {
        let clean = denoiser.posterior(noised, process: process, at: t).clean
        return Matrix(clean - data.heldOut).values.reduce(0) { $0 + $1 * $1 } / 4000
      }
      let best = loss(MixtureDenoiser(means: data.law.means, variance: 1))
      #expect(best < loss(MixtureDenoiser(means: data.law.means, variance: 0.8)))
      #expect(best < loss(MixtureDenoiser(means: data.law.means, variance: 1.25)))
      #expect(best < loss(MemorizingDenoiser(samples: data.train)))
      // Equation (18): d s / (psi s + 1); exact for one component, and these are well separated. The
      // squared error of a point is that times chi^2_8 / 8: 4.9 standard errors are 3.9 %.
      let predicted = 8 / (process.signalToNoise(t) + 1)
      if t == 0.3 { #expect(abs(best / predicted - 1) < 0.039) }
    }
  }
}
