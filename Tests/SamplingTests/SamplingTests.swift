// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import LabTesting
import Sampling
import Testing

@Suite struct SamplingTests {
  let key = RandomKey(seed: 50)
  let process = VariancePreserving()
  var times: [Double] { TimeGrid.paper.times(of: process) }

  private func draw(
    _ count: Int, _ denoiser: any Denoiser, sampler: any Sampler = DDIM(), workers: Workers = .serial, block: Int
  ) -> Matrix {
    Sampling.sample(
      count: count, dimension: denoiser.dimension, denoiser: denoiser, process: process, times: times,
      sampler: sampler, key: key, workers: workers, blockRows: block)
  }

  @Test func `numbers depend neither on threads nor on blocks nor on the number of chains`() {
    let denoiser = MixtureDenoiser(means: key.child("means").normalRows(7, 5), variance: 0.2)
    for sampler in [DDIM() as any Sampler, AncestralDDPM(), HeunODE()] {
      let reference = draw(101, denoiser, sampler: sampler, block: 101)
      for block in [1, 8, 13, 64, 500] {
        #expect(draw(101, denoiser, sampler: sampler, block: block) == reference, "\(sampler), blocks of \(block)")
      }
      #expect(draw(101, denoiser, sampler: sampler, workers: Workers(threads: 2), block: 10) == reference)
      #expect(draw(40, denoiser, sampler: sampler, block: 64) == reference.gathering(0..<40))
      let shipped = Sampling.sample(
        count: 101, dimension: 5, denoiser: denoiser, process: process, times: times, sampler: sampler, key: key,
        workers: Workers(threads: 2))
      #expect(shipped == reference)
    }
    #expect(draw(0, denoiser, block: 64) == Matrix(rows: 0, columns: 5))
  }

  @Test func `a single time gives the prior, scaled as the process says`() {
    let denoiser = GaussianDenoiser(mean: [0, 0], variance: 1)
    func prior(_ process: any DiffusionProcess, _ t: Double) -> Matrix {
      Sampling.sample(
        count: 2000, dimension: 2, denoiser: denoiser, process: process, times: [t], sampler: DDIM(), key: key)
    }
    let (unit, wide) = (prior(process, 0.999), prior(VarianceExploding(), 80))
    let variance = unit.values.reduce(0) { $0 + $1 * $1 } / 4000
    #expect(abs(variance - 1) < 4.892 * (2.0 / 4000).squareRoot())
    #expect(RelativeError.worstRow(wide, Matrix(80 * unit)) < 1e-15)
  }

  @Test func `chains of the memorizing denoiser end at training samples`() {
    let samples = key.child("samples").normalRows(12, 10)
    let drawn = draw(200, MemorizingDenoiser(samples: samples), block: 64)
    for row in 0..<200 {
      let nearest =
        (0..<12).map { sample in
          zip(drawn.row(row), samples.row(sample)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }.min() ?? .infinity
      // The sample is the state at t = 0.001: alpha x + sigma eps with |eps|^2 of the order of d.
      #expect(nearest < 1e-6 * 100, "chain \(row)")
    }
  }

  @Test(arguments: [false, true]) func `a Gaussian is sampled with its mean and its variance`(stochastic: Bool) {
    // 250 steps leave a discretization error below 2 %; 4.9 standard errors of 20,000 draws are added.
    let law = GaussianDenoiser(mean: [2, -1], variance: 0.5)
    let grid = TimeGrid(first: 0.999, last: 0.001, count: 251).times(of: process)
    let drawn = Sampling.sample(
      count: 20_000, dimension: 2, denoiser: law, process: process, times: grid,
      sampler: stochastic ? AncestralDDPM() as any Sampler : DDIM(), key: key, workers: Workers(threads: 2))
    for (j, m) in law.mean.enumerated() {
      let residuals = (0..<20_000).map { drawn[$0, j] - m }
      let mean = residuals.reduce(0, +) / 20_000
      let variance = residuals.reduce(0) { $0 + $1 * $1 } / 20_000 - mean * mean
      #expect(abs(mean) < 0.04 + 4.892 * (0.5 / 20_000).squareRoot(), "mean \(mean)")
      #expect(abs(variance / 0.5 - 1) < 0.02 + 4.892 * (2.0 / 20_000).squareRoot(), "variance \(variance)")
    }
  }
}
