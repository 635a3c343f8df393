// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Foundation
import Kernels
import LabTesting
import Testing

/// The two numerical traps of mixture denoisers: forms that are right on paper and lose their digits.
@Suite struct NumericalTrapTests {
  let key = RandomKey(seed: 14)
  let process = VariancePreserving()
  let t = 0.001
  let std = 1e-3

  /// M means, and samples near pairs of them, noised to t: posterior weights neither 0 nor 1.
  private func contested() -> (means: Matrix, noised: Matrix) {
    let (count, d) = (16, 30)
    var means = key.child("means").normalRows(count, d)
    let shift = key.child("shift").normalRows(count, d)
    // Component 2k + 1 lies 2 noised standard deviations from component 2k.
    for row in stride(from: 1, to: count, by: 2) {
      for j in 0..<d { means[row, j] = means[row - 1, j] + 2 * 1.4e-3 * shift[row, j] / Double(d).squareRoot() }
    }
    let clean = Matrix(means + std * key.child("clean").normalRows(count, d))
    return (means, Matrix(process.alpha(t) * clean + process.sigma(t) * key.child("noise").normalRows(count, d)))
  }

  @Test func `first trap: logits through inner products lose the weights in Float, direct differences hold`() {
    let (means, noised) = contested()
    let (alpha, spread) = (process.alpha(t), pow(process.alpha(t) * std, 2) + pow(process.sigma(t), 2))
    let truth = ReferenceMixture(means: means, variance: std * std).posteriorWeights(noised, process: process, at: t)
    #expect(truth.values.filter { $0 > 0.01 && $0 < 0.99 }.count >= 8, "the posteriors must be contested")

    // (2 alpha <x, m> - alpha^2 |m|^2) / (2 V), the gemm form.
    var naive = Matrix(rows: 16, columns: 16)
    for row in 0..<16 {
      let logits = (0..<16).map { i -> Float in
        var (product, square): (Float, Float) = (0, 0)
        for (x, m) in zip(noised.row(row), means.row(i)) {
          product += Float(x) * Float(m)
          square += Float(m) * Float(m)
        }
        return (2 * Float(alpha) * product - Float(alpha * alpha) * square) / Float(2 * spread)
      }
      let best = logits.max() ?? 0
      let powers = logits.map { exp($0 - best) }
      let total = powers.reduce(0, +)
      for i in 0..<16 { naive[row, i] = Double(powers[i] / total) }
    }
    let ours = MixtureDenoiser(means: means, variance: std * std).posteriorWeights(noised, process: process, at: t)
    #expect(RelativeError.worstRow(naive, truth) > 0.1, "the naive form is expected to fail")
    #expect(RelativeError.worstRow(ours, truth) < 1e-10)
  }

  @Test func `second trap: noise through the clean estimate loses its digits, its own path holds`() {
    // One component, so the truth is closed: eps = sigma (x - alpha m) / V.
    let mean = key.child("mean").normals(30)
    let denoiser = MixtureDenoiser(means: Matrix([mean]), variance: 1)
    let noised = key.child("points").normalRows(20, 30)
    // The difference x - alpha m is exact enough here; its quotient is the truth to a few ulps.
    let truth = GaussianDenoiser(mean: mean, variance: 1).posterior(noised, process: process, at: t)
    let ours = denoiser.posterior(noised, process: process, at: t)
    #expect(RelativeError.worstRow(ours.noise, truth.noise) < 1e-14)

    // (x - alpha x0) / sigma in Float, with the exact x0 rounded to Float.
    var inFloat = noised
    var inDouble = noised
    for index in noised.values.indices {
      let (x, x0) = (noised.values[index], truth.clean.values[index])
      inFloat.values[index] = Double((Float(x) - Float(process.alpha(t)) * Float(x0)) / Float(process.sigma(t)))
      inDouble.values[index] = (x - process.alpha(t) * x0) / process.sigma(t)
    }
    #expect(RelativeError.worstRow(inFloat, truth.noise) > 1e-3, "the naive form is expected to fail")
    #expect(RelativeError.worstRow(inDouble, truth.noise) > 1e-12, "even Double loses digits")
  }

  @Test func `the mirror of the second trap: clean through noise loses its digits at large t, its own path holds`() {
    let samples = key.child("samples").normalRows(1, 10)
    let noised = key.child("points").normalRows(5, 10)
    let late = 1 - 1e-6
    let posterior = MemorizingDenoiser(samples: samples).posterior(noised, process: process, at: late)
    #expect(posterior.clean == samples.gathering([0, 0, 0, 0, 0]))
    let detour = Matrix(1 / process.alpha(late) * noised - process.sigma(late) / process.alpha(late) * posterior.noise)
    #expect(RelativeError.worstRow(detour, posterior.clean) > 1e-14)
  }
}
