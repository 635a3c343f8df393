// SPDX-License-Identifier: MIT
public import Diffusion
internal import Foundation
public import Kernels
internal import Statistics

/// The denoising loss (6), (7) of coloured templates and its gradient, in double precision, one draw at a time.
///
/// The reference for the training kernel (Sources/CKernels/colored_step.c). With rho = sigma / alpha the noised image is
/// y_c = x_c + rho e_c in channel c (times alpha). For component j let Q = |T|^2, q = s Q + rho^2 and
///
///     pi_c = <T, y_c - u_c T>,  b_c = u_c + (s / q) pi_c,  R_c = b_c T - x_c,  r_c = y_c - b_c T = rho e_c - R_c
///     logit = -(sum_c |r_c|^2 / rho^2 + s pi_c^2 / q^2 + F log(1 + s Q / rho^2)) / 2
///
/// so that clean - x = G = sum_j w_j R_j and the loss is omega |G|^2, omega = lambda a^2, a the clean coefficient.
/// Gradient, with h = 2 omega G, H_c = <h_c, T>, delta = dL/dlogit = w (<h, R> - sum_k w_k <h, R_k>):
///
///     k_c     = w H_c s / q + delta b_c / rho^2
///     dL/dT   = sum_c [ w b_c h_c + k_c r_c - w H_c b_c (s / q) T ] - delta F (s / q) T
///     dL/du_c = (w H_c rho^2 + delta pi_c) / q
///     dL/ds   = sum_j { sum_c w H_c rho^2 pi_c / q^2 + delta (sum_c pi_c^2 / q^2 - F Q / q) / 2 },  dL/dstd = 2 std dL/ds
public struct ColoredTemplateLoss: Sendable {
  /// How data become noise.
  public let process: any DiffusionProcess
  /// What the model is asked to predict.
  public let prediction: Prediction

  /// The loss without lambda, which `evaluate` takes for each sample.
  public init(process: any DiffusionProcess, prediction: Prediction) {
    self.process = process
    self.prediction = prediction
  }

  /// The loss over n samples. Shapes: clean (n, C h w), any images; times and lambdas (n); noise (n draws, C h w),
  /// sample-major. Gradient: templates, colour means, std. Cost: n draws M C h w multiplications, about eight times.
  public func evaluate(
    _ model: ColoredTemplateModel, clean: Matrix, times: [Double], lambdas: [Double], noise: Matrix
  ) -> DenoisingLoss.Value {
    precondition(times.count == clean.rows && lambdas.count == clean.rows, "one time and weight per sample")
    precondition(noise.rows % max(clean.rows, 1) == 0 && noise.columns == clean.columns, "noise of \(noise.rows) rows")
    precondition(clean.columns == model.dimension, "images of \(clean.columns) values, model of \(model.dimension)")
    let draws = noise.rows / max(clean.rows, 1)
    var value = DenoisingLoss.Value(loss: 0, gradient: Array(repeating: 0, count: model.parameters.count))
    for row in 0..<noise.rows {
      let (sample, t) = (row / draws, times[row / draws])
      let draw = Draw(
        clean: Array(clean.row(sample)), noise: Array(noise.row(row)), rho: process.sigma(t) / process.alpha(t))
      let coefficient = prediction.cleanCoefficient(process, at: t)
      add(
        to: &value, model, draw, weight: lambdas[sample] * coefficient * coefficient, share: 1 / Double(noise.rows))
    }
    return value
  }

  private struct Draw {
    let clean, noise: [Double]
    let rho: Double
  }

  /// What a component makes of a draw: q, pi (C), b (C), R (C h w) and its logit.
  private struct View {
    var q = 0.0
    var pull, color, residual: [Double]
    var logit = 0.0
  }

  private func view(_ model: ColoredTemplateModel, _ j: Int, _ draw: Draw) -> View {
    let (template, pixels, s) = (Array(model.templates.row(j)), model.pixelCount, model.std * model.std)
    let (squares, rho2) = (dot(template, template), draw.rho * draw.rho)
    var view = View(q: s * squares + rho2, pull: [], color: [], residual: [])
    for c in 0..<model.channelCount {
      let u = model.colorMeans[j, c]
      // x - u T first: at a memorized sample nothing of the size of x is left.
      let away = (0..<pixels).map { draw.clean[c * pixels + $0] - u * template[$0] }
      let pi = dot(template, (0..<pixels).map { away[$0] + draw.rho * draw.noise[c * pixels + $0] })
      let residual = (0..<pixels).map { s * pi / view.q * template[$0] - away[$0] }
      let misfit = (0..<pixels).map { draw.rho * draw.noise[c * pixels + $0] - residual[$0] }
      view.pull.append(pi)
      view.color.append(u + s * pi / view.q)
      view.residual += residual
      view.logit -= (dot(misfit, misfit) / rho2 + s * pi * pi / (view.q * view.q)) / 2
    }
    view.logit -= model.logDeterminant.factor(channels: model.channelCount) * log1p(s * squares / rho2) / 2
    return view
  }

  /// Adds one draw's share.
  private func add(
    to value: inout DenoisingLoss.Value, _ model: ColoredTemplateModel, _ draw: Draw, weight: Double, share: Double
  ) {
    let views = (0..<model.componentCount).map { view(model, $0, draw) }
    let weights = Softmax(views.map(\.logit)).probabilities
    let error = draw.clean.indices.map { k in
      views.indices.reduce(0) { $0 + weights[$1] * views[$1].residual[k] }
    }
    value.loss += share * weight * dot(error, error)
    let h = error.map { 2 * weight * share * $0 }
    let inner = views.map { dot(h, $0.residual) }
    let average = dot(weights, inner)
    for j in views.indices where weights[j] > 0 {
      descend(&value.gradient, model, draw, j, views[j], h: h, w: weights[j], delta: weights[j] * (inner[j] - average))
    }
  }

  /// Adds the derivatives by the parameters of component j.
  private func descend(
    _ gradient: inout [Double], _ model: ColoredTemplateModel, _ draw: Draw, _ j: Int, _ view: View, h: [Double],
    w: Double, delta: Double
  ) {
    let (template, pixels, channels) = (Array(model.templates.row(j)), model.pixelCount, model.channelCount)
    let (s, q, rho2) = (model.std * model.std, view.q, draw.rho * draw.rho)
    let factor = model.logDeterminant.factor(channels: channels)
    var slope = -delta * factor * dot(template, template) / (2 * q)
    for c in 0..<channels {
      let (b, pi) = (view.color[c], view.pull[c])
      let along = w * dot(template, Array(h[c * pixels..<(c + 1) * pixels]))
      let k = along * s / q + delta * b / rho2
      for p in 0..<pixels {
        let misfit = draw.rho * draw.noise[c * pixels + p] - view.residual[c * pixels + p]
        gradient[j * pixels + p] += w * b * h[c * pixels + p] + k * misfit - along * b * s / q * template[p]
      }
      gradient[model.templates.values.count + j * channels + c] += (along * rho2 + delta * pi) / q
      slope += along * rho2 * pi / (q * q) + delta * pi * pi / (2 * q * q)
    }
    for p in 0..<pixels { gradient[j * pixels + p] -= delta * factor * s / q * template[p] }
    gradient[gradient.count - 1] += 2 * model.std * slope
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
