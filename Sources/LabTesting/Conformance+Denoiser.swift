// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

extension Conformance {
  /// A denoiser under a process: shapes, finite values, rows independent of each other to the last bit,
  /// x_t = alpha clean + sigma noise, and the Jacobian of a posterior mean, which is symmetric and
  /// positive semidefinite (it is the posterior covariance times alpha / sigma^2).
  public static func check(denoiser: any Denoiser, process: any DiffusionProcess, key: RandomKey) -> [String] {
    var findings = Findings()
    let points = key.child("points").normalRows(19, denoiser.dimension)
    for t in [0.02, 0.3, 0.8] {
      let posterior = denoiser.posterior(points, process: process, at: t)
      checkFaces(posterior, of: points, process, t, &findings)
      for row in [0, 7, 18] {
        let alone = denoiser.posterior(points.gathering([row]), process: process, at: t)
        let same =
          alone.clean.values == Array(posterior.clean.row(row)) && alone.noise.values == Array(posterior.noise.row(row))
        findings.expect(same, "row \(row) depends on its neighbours at t = \(t)")
      }
    }
    checkJacobian(denoiser, process, at: points.gathering([3]), &findings)
    return findings.lines
  }

  private static func checkFaces(
    _ posterior: Posterior, of points: Matrix, _ process: any DiffusionProcess, _ t: Double, _ findings: inout Findings
  ) {
    let finite = posterior.clean.values.allSatisfy(\.isFinite) && posterior.noise.values.allSatisfy(\.isFinite)
    findings.expect(finite, "not finite at t = \(t)")
    guard posterior.clean.rows == points.rows, posterior.clean.columns == points.columns,
      posterior.noise.rows == points.rows, posterior.noise.columns == points.columns
    else { return findings.expect(false, "shape differs from that of the points") }
    let rebuilt = Matrix(process.alpha(t) * posterior.clean + process.sigma(t) * posterior.noise)
    let error = RelativeError.worstRow(rebuilt, points)
    findings.expect(error <= 1e-10, "alpha clean + sigma noise misses x_t by \(error) at t = \(t)")
  }

  private static func checkJacobian(
    _ denoiser: any Denoiser, _ process: any DiffusionProcess, at point: Matrix, _ findings: inout Findings
  ) {
    let (t, step, d) = (0.7, 1e-5, denoiser.dimension)
    var jacobian = Matrix(rows: d, columns: d)
    for j in 0..<d {
      var (up, down) = (point, point)
      up[0, j] += step
      down[0, j] -= step
      let above = denoiser.posterior(up, process: process, at: t).clean
      let below = denoiser.posterior(down, process: process, at: t).clean
      let slope = Matrix(0.5 / step * above - 0.5 / step * below)
      for i in 0..<d { jacobian[i, j] = slope[0, i] }
    }
    let scale = jacobian.values.map(abs).max() ?? 0
    for i in 0..<d {
      findings.expect(jacobian[i, i] >= -1e-6 * scale - 1e-9, "posterior variance \(jacobian[i, i]) of coordinate \(i)")
      for j in 0..<i {
        let gap = abs(jacobian[i, j] - jacobian[j, i])
        findings.expect(gap <= 1e-6 * scale + 1e-9, "Jacobian not symmetric at (\(i), \(j)): \(gap) of \(scale)")
      }
    }
  }
}
