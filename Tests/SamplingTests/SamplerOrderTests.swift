// SPDX-License-Identifier: MIT
import Diffusion
import Foundation
import Kernels
import LabTesting
import Sampling
import Testing

/// Order of convergence by regression, on the one law whose probability flow is closed: a Gaussian.
@Suite struct SamplerOrderTests {
  let denoiser = GaussianDenoiser(mean: [1, -0.5], variance: 0.4)
  let start = RandomKey(seed: 40).normalRows(16, 2)

  /// The worst error at t = 0.1 after the given number of equal steps from t = 0.9.
  private func error(_ sampler: any Sampler, _ process: any DiffusionProcess, steps: Int) -> Double {
    let times = TimeGrid(first: 0.9, last: 0.1, count: steps + 1).times(of: process)
    var state = start
    for (t, s) in zip(times, times.dropFirst()) {
      state = sampler.step(state, from: t, to: s, denoiser: denoiser, process: process, noise: nil)
    }
    return RelativeError.of(state.values, denoiser.flow(start, from: 0.9, to: 0.1, process: process).values)
  }

  /// Slope of log error against log step, and its standard error.
  private func order(_ sampler: any Sampler, _ process: any DiffusionProcess) -> (slope: Double, error: Double) {
    let points = [32, 64, 128, 256, 512, 1024].map { steps in
      (x: -log(Double(steps)), y: log(error(sampler, process, steps: steps)))
    }
    let n = Double(points.count)
    let (mx, my) = (points.map(\.x).reduce(0, +) / n, points.map(\.y).reduce(0, +) / n)
    let sxx = points.reduce(0) { $0 + ($1.x - mx) * ($1.x - mx) }
    let slope = points.reduce(0) { $0 + ($1.x - mx) * ($1.y - my) } / sxx
    let rest = points.reduce(0) { $0 + pow($1.y - my - slope * ($1.x - mx), 2) }
    return (slope, (rest / (n - 2) / sxx).squareRoot())
  }

  @Test(arguments: ProcessName.allCases) func `Euler and DDIM are of order 1, Heun of order 2`(name: ProcessName) {
    for (sampler, expected) in [(EulerODE() as any Sampler, 1.0), (DDIM(), 1), (HeunODE(), 2)] {
      let (slope, error) = order(sampler, name.process)
      #expect(abs(slope - expected) < 0.1 && error < 0.03, "\(sampler), \(name): \(slope) +- \(error)")
    }
  }

  @Test func `DDIM is Euler's method for variance exploding`() {
    let process = VarianceExploding()
    let (ddim, euler) = (
      DDIM().step(start, from: 2, to: 1, denoiser: denoiser, process: process, noise: nil),
      EulerODE().step(start, from: 2, to: 1, denoiser: denoiser, process: process, noise: nil)
    )
    #expect(RelativeError.worstRow(ddim, euler) < 1e-14)
  }

  @Test func `DDIM is exact for a law of one point, in one step`() {
    let point = GaussianDenoiser(mean: [1, -0.5], variance: 0)
    let process = VariancePreserving()
    let step = DDIM().step(start, from: 0.9, to: 0.1, denoiser: point, process: process, noise: nil)
    #expect(RelativeError.worstRow(step, point.flow(start, from: 0.9, to: 0.1, process: process)) < 1e-14)
  }
}
