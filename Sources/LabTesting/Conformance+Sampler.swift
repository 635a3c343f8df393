// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

extension Conformance {
  /// A sampler's step as a function: state, t, s, denoiser, process, noise.
  public typealias Step = (Matrix, Double, Double, any Denoiser, any DiffusionProcess, Matrix?) -> Matrix

  /// A sampler: keeps the shape, treats rows independently to the last bit, uses noise exactly when it
  /// says so, and a step from t to a nearby s follows the law of the process, so that the mean and
  /// spread of one Gaussian are carried to first order.
  public static func check(step: Step, needsNoise: Bool, process: any DiffusionProcess, key: RandomKey) -> [String] {
    var findings = Findings()
    let denoiser = GaussianDenoiser(mean: [1, -2, 0.5], variance: 0.3)
    let state = key.child("state").normalRows(11, 3)
    let noise = needsNoise ? key.child("noise").normalRows(11, 3) : nil
    let (t, s) = (0.5, 0.45)
    let result = step(state, t, s, denoiser, process, noise)
    findings.expect(result.rows == 11 && result.columns == 3, "shape (\(result.rows), \(result.columns))")
    findings.expect(result.values.allSatisfy(\.isFinite), "not finite")
    for row in [0, 4, 10] {
      let alone = step(state.gathering([row]), t, s, denoiser, process, noise?.gathering([row]))
      findings.expect(alone.values == Array(result.row(row)), "row \(row) depends on its neighbours")
    }
    if let noise {
      let other = step(state, t, s, denoiser, process, noise.combined(-1, noise, 0))
      findings.expect(other != result, "noise is not used")
    }
    checkMarginal(step, needsNoise, denoiser, process, key.child("marginal"), &findings)
    return findings.lines
  }

  /// States drawn from the law at t must have the law's moments at s. The step is short, so the
  /// discretization error (of order (t - s)^2) and 4.9 standard errors of 40,000 draws bound the gap.
  private static func checkMarginal(
    _ step: Step, _ needsNoise: Bool, _ denoiser: GaussianDenoiser, _ process: any DiffusionProcess, _ key: RandomKey,
    _ findings: inout Findings
  ) {
    let (t, s, count) = (0.5, 0.49, 40_000)
    func variance(_ time: Double) -> Double {
      let (alpha, sigma) = (process.alpha(time), process.sigma(time))
      return alpha * alpha * denoiser.variance + sigma * sigma
    }
    var state = key.child("state").normalRows(count, 3)
    for row in 0..<count {
      for (j, m) in denoiser.mean.enumerated() {
        state[row, j] = process.alpha(t) * m + variance(t).squareRoot() * state[row, j]
      }
    }
    let noise = needsNoise ? key.child("noise").normalRows(count, 3) : nil
    let result = step(state, t, s, denoiser, process, noise)
    for (j, m) in denoiser.mean.enumerated() {
      let residuals = (0..<count).map { result[$0, j] - process.alpha(s) * m }
      let mean = residuals.reduce(0, +) / Double(count)
      let spread = residuals.reduce(0) { $0 + $1 * $1 } / Double(count)
      let truncation = 10 * (t - s) * (t - s)
      let meanBound = 4.9 * (variance(s) / Double(count)).squareRoot() + truncation
      findings.expect(abs(mean) <= meanBound, "mean off by \(mean), allowed \(meanBound), coordinate \(j)")
      let spreadBound = variance(s) * 4.9 * (2 / Double(count)).squareRoot() + truncation
      let gap = spread - variance(s)
      findings.expect(abs(gap) <= spreadBound, "variance off by \(gap), allowed \(spreadBound), coordinate \(j)")
    }
  }
}
