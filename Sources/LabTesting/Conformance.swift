// SPDX-License-Identifier: MIT
internal import Foundation
public import Diffusion

/// What every conformer of a protocol must fulfil, beyond what the compiler sees. Each check returns
/// one line per violation; an empty list is a pass.
public enum Conformance {
  /// Collects violations.
  struct Findings {
    private(set) var lines: [String] = []
    mutating func expect(_ holds: Bool, _ line: @autoclosure () -> String) {
      if !holds { lines.append(line()) }
    }
  }

  /// A noising process: finite values with sigma > 0 over the whole domain, a falling signal-to-noise
  /// ratio, true derivatives, and `time(logSNR:)` the inverse of `logSNR`.
  public static func check(process: any DiffusionProcess) -> [String] {
    var findings = Findings()
    let times = spread(over: process.domain)
    for (t, next) in zip(times, times.dropFirst()) {
      findings.expect(process.logSNR(next) < process.logSNR(t), "\(process.name): logSNR rises from \(t) to \(next)")
    }
    for t in times {
      let (alpha, sigma) = (process.alpha(t), process.sigma(t))
      let sound = alpha >= 0 && alpha.isFinite && sigma > 0 && sigma.isFinite
      findings.expect(sound, "alpha \(alpha), sigma \(sigma) at \(t)")
      findings.expect(process.priorStd(first: t) > 0, "prior std \(process.priorStd(first: t)) at \(t)")
      let back = process.time(logSNR: process.logSNR(t))
      findings.expect(abs(back - t) <= 1e-10 * t, "time(logSNR:) gives \(back) for \(t)")
    }
    for t in times.dropFirst().dropLast() {
      check(process.alphaPrime(t), derivativeOf: process.alpha, "alpha", t, process, &findings)
      check(process.sigmaPrime(t), derivativeOf: process.sigma, "sigma", t, process, &findings)
    }
    return findings.lines
  }

  /// Geometric near the lower end, mirrored near the upper one.
  static func spread(over domain: ClosedRange<Double>) -> [Double] {
    let (low, high) = (domain.lowerBound, domain.upperBound)
    let middle = min((low + high) / 2, 1)
    let rising = (0...20).map { low * pow(middle / low, Double($0) / 20) }
    let falling = (1...20).map { high - (high - middle) * pow(low / (high - middle), Double($0) / 20) }
    return rising + (high > 2 ? [3, 30, high] : falling.filter { $0 > middle && $0 < high } + [high])
  }

  /// Central differences with one Richardson step; the step keeps inside the domain and its curvature.
  private static func check(
    _ claimed: Double, derivativeOf function: (Double) -> Double, _ name: String, _ t: Double,
    _ process: any DiffusionProcess, _ findings: inout Findings
  ) {
    let room = min(t - process.domain.lowerBound, process.domain.upperBound - t, t)
    let step = 0.05 * room
    func difference(_ h: Double) -> Double { (function(t + h) - function(t - h)) / (2 * h) }
    let measured = (4 * difference(step / 2) - difference(step)) / 3
    // Truncation is about (step / room)^4; rounding is an ulp of the value over the step.
    let allowed = 1e-4 * abs(measured) + 1e-15 * (1 + abs(function(t))) / step
    findings.expect(
      abs(claimed - measured) <= allowed, "\(process.name): \(name)' is \(claimed), measured \(measured), at \(t)")
  }
}
