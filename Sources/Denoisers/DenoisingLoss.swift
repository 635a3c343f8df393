// SPDX-License-Identifier: MIT
public import Diffusion
internal import Foundation
public import Kernels
internal import Statistics

/// The denoising loss of a trainable mixture and its gradient, in double precision, one draw at a time.
///
/// The reference for every training kernel (Sources/CKernels/training_step.c). Equations (6), (7):
///
///     L = mean_i mean_k lambda(t_i) |f(x_ik, t_i) - target|^2,   x_ik = alpha x^i + sigma e_ik
///
/// for any prediction f. All predictions are affine in x0, so with V = alpha^2 s + sigma^2 and the posterior
/// mean mbar = sum_j w_j m_j the squared error is W |g|^2 / V^2, where
///
///     g = sigma (x^i - mbar) - alpha s e,   W = lambda(t) (a(t) sigma)^2,   a the clean coefficient.
///
/// Gradient, h = dL/dmbar = -2 W sigma g / V^2 and delta_j = dL/dlogit_j = w_j <h, m_j - mbar>:
///
///     dL/dm_j   = w_j h + delta_j (alpha / V) (x_ik - alpha m_j)
///     dL/ds     = -(2 W alpha / V^2) (<g, e> + alpha |g|^2 / V) - (alpha^2 / V) sum_j delta_j logit_j
///     dL/dstd   = 2 std dL/ds
public struct DenoisingLoss: Sendable {
  /// How data become noise.
  public let process: any DiffusionProcess
  /// What the model is asked to predict.
  public let prediction: Prediction

  /// The loss without lambda, which `evaluate` takes for each sample.
  public init(process: any DiffusionProcess, prediction: Prediction) {
    self.process = process
    self.prediction = prediction
  }

  /// Loss and gradient: the M d values of the means, then std.
  public struct Value: Sendable {
    /// The mean over samples and draws.
    public var loss: Double
    /// In the order of the model's `parameters`.
    public var gradient: [Double]

    /// A loss and its gradient as they were computed.
    public init(loss: Double, gradient: [Double]) {
      (self.loss, self.gradient) = (loss, gradient)
    }
  }

  /// W = lambda (a sigma)^2, the weight of the squared residual at time t.
  public func residualWeight(at t: Double, lambda: Double) -> Double {
    let factor = prediction.cleanCoefficient(process, at: t) * process.sigma(t)
    return lambda * factor * factor
  }

  /// The loss over n samples. Shapes: clean (n, d); times and lambdas (n); noise (n draws, d), sample-major.
  /// Cost: n draws M d multiplications, six times.
  public func evaluate(
    _ model: MixtureModel, clean: Matrix, times: [Double], lambdas: [Double], noise: Matrix
  ) -> Value {
    precondition(times.count == clean.rows && lambdas.count == clean.rows, "one time and weight per sample")
    precondition(noise.rows % max(clean.rows, 1) == 0 && noise.columns == clean.columns, "noise of \(noise.rows) rows")
    let draws = noise.rows / clean.rows
    var sums = Sums(means: Matrix(rows: model.means.rows, columns: model.means.columns))
    for sample in 0..<clean.rows {
      for draw in 0..<draws {
        let (row, t) = (sample * draws + draw, times[sample])
        add(
          to: &sums, model: model, clean: clean.vector(sample), noise: noise.vector(row), at: t,
          weight: residualWeight(at: t, lambda: lambdas[sample]), share: 1 / Double(noise.rows))
      }
    }
    return Value(loss: sums.loss, gradient: sums.means.values + [sums.std])
  }

  /// The loss and its derivatives by the means, (M, d), and by std.
  private struct Sums {
    var loss = 0.0
    var means: Matrix
    var std = 0.0
  }

  /// Adds one draw's share.
  private func add(
    to sums: inout Sums, model: MixtureModel, clean x: Vector, noise e: Vector, at t: Double, weight: Double,
    share: Double
  ) {
    let (alpha, sigma, s) = (process.alpha(t), process.sigma(t), model.std * model.std)
    let v = alpha * alpha * s + sigma * sigma
    let logits = self.logits(model, clean: x, noise: e, alpha: alpha, sigma: sigma, v: v)
    let weights = Softmax(zip(logits, model.priors ?? logits.map { _ in 1 }).map { $0 + log($1) }).probabilities
    // x^i - mbar as a mean of differences: nothing of the size of x cancels.
    var away = Vector(zeros: x.count)
    for (j, w) in weights.enumerated() { away += w * (x - model.means.vector(j)) }
    let g = Vector(sigma * away - alpha * s * e)
    let h = Vector(-2 * weight * sigma / (v * v) * g)
    var softmaxSlope = 0.0
    for (j, w) in weights.enumerated() {
      let apart = x - model.means.vector(j)
      let delta = w * h.dot(away - apart)
      let pull = alpha * apart + sigma * e
      sums.means.add(share * (w * h + delta * alpha / v * pull), toRow: j)
      if w > 0 { softmaxSlope += delta * logits[j] }
    }
    let squared = g.squares
    sums.loss += share * weight * squared / (v * v)
    let slope = -2 * weight * alpha / (v * v) * (g.dot(e) + alpha * squared / v) - alpha * alpha / v * softmaxSlope
    sums.std += share * 2 * model.std * slope
  }

  /// -|x_t - alpha m_j|^2 / (2 V), shifted so that the largest is 0.
  private func logits(
    _ model: MixtureModel, clean x: Vector, noise e: Vector, alpha: Double, sigma: Double, v: Double
  ) -> [Double] {
    let raw = (0..<model.means.rows).map { j in
      let difference = alpha * (x - model.means.vector(j)) + sigma * e
      return -difference.squares / (2 * v)
    }
    let top = raw.max() ?? 0
    return raw.map { $0 - top }
  }
}
