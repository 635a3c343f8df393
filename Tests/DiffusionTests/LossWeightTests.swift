// SPDX-License-Identifier: MIT
import Diffusion
import Testing

@Suite struct LossWeightTests {
  private func value(_ weight: LossWeight, at t: Double, index: Int = 0) -> Double {
    weight.value(at: t, index: index, process: FlowMatching())
  }

  @Test func `weights are their formulas`() {
    // alpha = 0.75, sigma = 0.25, psi = 9 at t = 0.25; psi = 1/9 at t = 0.75.
    #expect(value(.unit, at: 0.25) == 1)
    #expect(abs(value(.signalToNoise, at: 0.25) - 9) < 1e-14)
    #expect(value(.alphaSquared, at: 0.25) == 0.5625)
    #expect(abs(value(.minSNR(limit: 5), at: 0.25) - 5.0 / 9) < 1e-15)
    #expect(value(.minSNR(limit: 5), at: 0.75) == 1)
    #expect(value(.table([3, 1, 4]), at: 0.25, index: 2) == 4)
  }

  @Test func `min-SNR is continuous where the ratio meets its limit`() {
    let process = FlowMatching()
    let t = process.time(logSNR: 1.6094379124341003)  // psi = 5
    let (before, after) = (value(.minSNR(limit: 5), at: t - 1e-9), value(.minSNR(limit: 5), at: t + 1e-9))
    #expect(abs(before - after) < 1e-7 && abs(after - 1) < 1e-7)
  }
}
