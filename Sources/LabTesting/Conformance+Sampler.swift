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
      let other = step(state, t, s, denoiser, process, Matrix(-1 * noise))
      findings.expect(other != result, "noise is not used")
    }
    checkMarginal(step, needsNoise, denoiser, process, &findings)
    return findings.lines
  }

  /// One Gaussian makes every step affine, x_s = A x_t + B z + c, so that the mean A alpha_t m + c and the
  /// variance A^2 V_t + B^2 of the result follow from three evaluations. They must be the law's at s up to
  /// the discretization error, of order (t - s)^2.
  private static func checkMarginal(
    _ step: Step, _ needsNoise: Bool, _ denoiser: GaussianDenoiser, _ process: any DiffusionProcess,
    _ findings: inout Findings
  ) {
    let (t, s) = (0.5, 0.499)
    let allowed = 20 * (t - s) * (t - s)
    func variance(_ time: Double) -> Double {
      let (alpha, sigma) = (process.alpha(time), process.sigma(time))
      return alpha * alpha * denoiser.variance + sigma * sigma
    }
    let zeros = Matrix(rows: 1, columns: 3)
    let ones = Matrix(rows: 1, columns: 3, repeating: 1)
    let center = Matrix([denoiser.mean.map { process.alpha(t) * $0 }])
    let middle = step(center, t, s, denoiser, process, needsNoise ? zeros : nil)
    let moved = step(Matrix(center + ones), t, s, denoiser, process, needsNoise ? zeros : nil)
    let noised = needsNoise ? step(center, t, s, denoiser, process, ones) : middle
    for (j, m) in denoiser.mean.enumerated() {
      let (a, b) = (moved[0, j] - middle[0, j], noised[0, j] - middle[0, j])
      let meanGap = middle[0, j] - process.alpha(s) * m
      findings.expect(abs(meanGap) <= allowed, "mean off by \(meanGap), allowed \(allowed), coordinate \(j)")
      let gap = a * a * variance(t) + b * b - variance(s)
      findings.expect(abs(gap) <= allowed, "variance off by \(gap), allowed \(allowed), coordinate \(j)")
    }
  }
}
