// SPDX-License-Identifier: MIT
import Diffusion
import Kernels
import LabTesting
import Sampling
import Testing

extension Conformance {
  /// The rules of a sampler, under one process.
  static func check(sampler: any Sampler, process: any DiffusionProcess, key: RandomKey) -> [String] {
    check(
      step: { sampler.step($0, from: $1, to: $2, denoiser: $3, process: $4, noise: $5) },
      needsNoise: sampler.needsNoise, process: process, key: key)
  }
}

@Suite struct SamplerConformanceTests {
  static let samplers: [any Sampler] = [DDIM(), AncestralDDPM(), EulerODE(), HeunODE(), EulerMaruyama()]

  @Test(arguments: ProcessName.allCases) func `every sampler keeps the rules of a sampler`(name: ProcessName) {
    for sampler in Self.samplers {
      let findings = Conformance.check(sampler: sampler, process: name.process, key: RandomKey(seed: 41))
      #expect(findings.isEmpty, "\(sampler): \(findings.joined(separator: "; "))")
    }
  }

  @Test func `the check finds wrong noise, a wrong drift and rows that mix`() {
    struct Broken: Sampler {
      enum Fault: CaseIterable { case doubledNoise, unusedNoise, halfStep, mixing }
      var fault: Fault
      var needsNoise: Bool { true }
      func step(
        _ state: Matrix, from t: Double, to s: Double, denoiser: any Denoiser, process: any DiffusionProcess,
        noise: Matrix?
      ) -> Matrix {
        let noise = noise.map { Matrix((fault == .doubledNoise ? 2 : fault == .unusedNoise ? 0 : 1) * $0) }
        let s = fault == .halfStep ? (t + s) / 2 : s
        var result = AncestralDDPM().step(
          state, from: t, to: s, denoiser: denoiser, process: process, noise: noise)
        if fault == .mixing && state.rows > 1 { result[0, 0] += 1e-12 }
        return result
      }
    }
    for fault in Broken.Fault.allCases {
      let findings = Conformance.check(
        sampler: Broken(fault: fault), process: VariancePreserving(), key: RandomKey(seed: 41))
      #expect(!findings.isEmpty, "\(fault)")
    }
  }
}
