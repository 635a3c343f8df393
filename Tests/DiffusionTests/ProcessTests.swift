// SPDX-License-Identifier: MIT
import Diffusion
import LabTesting
import Testing

@Suite struct ProcessTests {
  @Test(arguments: ProcessName.allCases) func `every process keeps the rules of a process`(name: ProcessName) {
    let findings = Conformance.check(process: name.process)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
    #expect(name.process.name == name.rawValue)
  }

  @Test func `the check finds a wrong derivative, a wrong inverse and a rising ratio`() {
    struct Broken: DiffusionProcess {
      enum Fault { case derivative, inverse, ratio }
      var fault: Fault
      let sound = VariancePreserving()
      var name: String { "broken" }
      func alpha(_ t: Double) -> Double { sound.alpha(t) }
      func sigma(_ t: Double) -> Double { fault == .ratio ? sound.sigma(1 - t) : sound.sigma(t) }
      func alphaPrime(_ t: Double) -> Double { sound.alphaPrime(t) * (fault == .derivative ? 1.001 : 1) }
      func sigmaPrime(_ t: Double) -> Double { sound.sigmaPrime(t) }
      var domain: ClosedRange<Double> { sound.domain }
      func priorStd(first: Double) -> Double { 1 }
      func time(logSNR: Double) -> Double { sound.time(logSNR: logSNR) * (fault == .inverse ? 1 + 1e-9 : 1) }
    }
    #expect(Conformance.check(process: Broken(fault: .derivative)).allSatisfy { $0.contains("alpha'") })
    for fault in [Broken.Fault.derivative, .inverse, .ratio] {
      #expect(!Conformance.check(process: Broken(fault: fault)).isEmpty, "\(fault)")
    }
  }

  @Test func `the variance of the variance-preserving process is kept`() {
    let process = VariancePreserving()
    for t in [1e-6, 0.001, 0.5, 0.999, 1 - 1e-6] {
      let total = process.alpha(t) * process.alpha(t) + t * t
      #expect(abs(total - 1) < 4e-16)
    }
  }

  @Test func `alpha keeps its digits near t = 1, which the naive form in Float does not`() {
    // With e = 1 - t = 2^-20 exactly, alpha^2 = 2 e - e^2.
    let exact = (0x1p-19 - 0x1p-40).squareRoot()
    #expect(RelativeError.of(VariancePreserving().alpha(1 - 0x1p-20), exact) < 3e-16)
    let t: Float = 0.999
    let naive = Double((1 - t * t).squareRoot())
    #expect(RelativeError.of(naive, VariancePreserving().alpha(0.999)) > 5e-6)
  }

  @Test func `sampling starts from the process's own prior`() {
    #expect(VariancePreserving().priorStd(first: 0.999) == 1)
    #expect(FlowMatching().priorStd(first: 0.999) == 1)
    #expect(VarianceExploding().priorStd(first: 80) == 80)
  }

  @Test func `signal-to-noise is its logarithm's exponential`() {
    #expect(RelativeError.of(VariancePreserving().signalToNoise(0.36), 6.716049382716049) < 1e-14)
    #expect(RelativeError.of(FlowMatching().signalToNoise(0.25), 9) < 1e-14)
    #expect(RelativeError.of(FlowMatching().logSNR(0.25), 2.1972245773362196) < 1e-14)
  }
}
