// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Kernels
import LabTesting
import Sampling
import Testing

@Suite struct GoldenSamplerTests {
  private func denoiser(_ item: GoldenCase) throws -> any Denoiser {
    switch try item.text("inputs", "denoiser") {
    case "iso_hom_gmm":
      return MixtureDenoiser(
        means: try item.matrix("inputs", "means"), variance: try item.number("inputs", "variance"),
        weights: try item.vector("inputs", "priors"))
    case "empirical": return MemorizingDenoiser(samples: try item.matrix("inputs", "data"))
    case let other: throw GoldenError("\(item): unknown denoiser \(other)")
    }
  }

  private func sampler(_ item: GoldenCase) throws -> any Sampler {
    switch (try item.text("inputs", "sampler"), try item.flag("inputs", "stochastic")) {
    case ("DDMSampler", false): return DDIM()
    case ("DDMSampler", true): return AncestralDDPM()
    case ("EulerMaruyamaSampler", false): return EulerODE()
    case ("EulerMaruyamaSampler", true): return EulerMaruyama()
    case let other: throw GoldenError("\(item): unknown sampler \(other)")
    }
  }

  @Test func `trajectories of 25 steps are the reference's`() throws {
    for item in try Golden.cases("ddim") {
      let (process, times) = (try item.process(), try item.vector("inputs", "ts"))
      let (denoiser, sampler) = (try denoiser(item), try sampler(item))
      // Noise and trajectories have a matrix per chain, one row per step.
      let noise = sampler.needsNoise ? try item.matrices("inputs", "z") : []
      let trajectory = try item.matrices("expected", "trajectory")
      let kept = try item.integers("inputs", "kept_indices")
      var state = try item.matrix("inputs", "x_init")
      for step in times.indices {
        if let place = kept.firstIndex(of: step) {
          let error = RelativeError.worstRow(state, Matrix(trajectory.map { Array($0.row(place)) }))
          #expect(error <= 1e-9, "\(item) after \(step) steps: error \(error)")
        }
        guard step + 1 < times.count else { break }
        state = sampler.step(
          state, from: times[step], to: times[step + 1], denoiser: denoiser, process: process,
          noise: sampler.needsNoise ? Matrix(noise.map { Array($0.row(step)) }) : nil)
      }
      let error = RelativeError.worstRow(state, try item.matrix("expected", "final"))
      #expect(error <= 1e-9, "\(item) at the end: error \(error)")
    }
  }
}
