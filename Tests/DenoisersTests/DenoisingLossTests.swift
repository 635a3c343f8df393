// SPDX-License-Identifier: MIT
import ComplexModule
import Denoisers
import Diffusion
import Kernels
import RealModule
import Testing

/// The analytic gradients of the double-precision loss against derivatives to machine precision.
///
/// Complex step: f(x + i h) = f(x) + i h f'(x) + O(h^2), so Im f / h is the derivative without cancellation;
/// h = 1e-30 leaves no truncation error. The loss is written again here, in the plainest form, over any field.
@Suite("The denoising loss and its gradient")
struct DenoisingLossTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    var prediction: Prediction
    var process: ProcessName
    var std: Double
    var testDescription: String { "\(prediction) \(process) std \(std)" }
  }

  private static let cases = [Prediction.clean, .noise, .velocity].flatMap { prediction in
    [ProcessName.vp, .ve, .fm].flatMap { process in
      [0.05, 0.3, 1.1].map { Case(prediction: prediction, process: process, std: $0) }
    }
  }

  private let clean = RandomKey(seed: 1).child("clean").normalRows(4, 3)
  private let noise = RandomKey(seed: 1).child("noise").normalRows(8, 3)
  private let means = RandomKey(seed: 1).child("means").normalRows(5, 3)
  private let times = [0.999, 0.6, 0.25, 0.08]

  /// |f(x_t) - target|^2 averaged over draws, f = a x0 + b x_t with the posterior mean x0, over complex numbers.
  private func loss(
    _ means: [[Complex<Double>]], _ std: Complex<Double>, _ prediction: Prediction, _ process: any DiffusionProcess
  ) -> Complex<Double> {
    typealias C = Complex<Double>
    var total: C = 0
    let draws = noise.rows / clean.rows
    for row in 0..<noise.rows {
      let (x, e, t) = (Array(clean.row(row / draws)), Array(noise.row(row)), times[row / draws])
      let (alpha, sigma) = (process.alpha(t), process.sigma(t))
      let noised = zip(x, e).map { C(alpha * $0 + sigma * $1) }
      let v = std * std * C(alpha * alpha) + C(sigma * sigma)
      let squared = means.map { mean in
        zip(noised, mean).reduce(C(0)) { $0 + ($1.0 - C(alpha) * $1.1) * ($1.0 - C(alpha) * $1.1) }
      }
      let nearest = squared.map(\.real).min()!
      let weights = squared.map { C.exp(-($0 - C(nearest)) / (v * C(2))) }
      let sum = weights.reduce(C(0), +)
      let a = C(prediction.cleanCoefficient(process, at: t))
      for k in 0..<3 {
        let mean = (0..<means.count).reduce(C(0)) { $0 + weights[$1] * means[$1][k] } / sum
        let estimate = (C(alpha) * std * std * noised[k] + C(sigma * sigma) * mean) / v
        let error = a * (estimate - C(x[k]))
        total += error * error
      }
    }
    return total / C(Double(noise.rows))
  }

  private func evaluate(_ item: Case) -> DenoisingLoss.Value {
    DenoisingLoss(process: item.process.process, prediction: item.prediction).evaluate(
      MixtureModel(means: means, std: item.std), clean: clean, times: times, lambdas: [1, 1, 1, 1], noise: noise)
  }

  private func complexMeans(step index: Int?) -> [[Complex<Double>]] {
    (0..<5).map { j in (0..<3).map { k in Complex(means[j, k], j * 3 + k == index ? 1e-30 : 0) } }
  }

  @Test("every derivative is that of the complex step", arguments: cases)
  private func complexStep(_ item: Case) {
    let value = evaluate(item)
    let process = item.process.process
    let plain = loss(complexMeans(step: nil), Complex(item.std), item.prediction, process).real
    #expect(abs(value.loss / plain - 1) < 1e-9)
    let scale = value.gradient.dropLast().map { abs($0) }.max()!
    for index in 0..<15 {
      let step = loss(complexMeans(step: index), Complex(item.std), item.prediction, process)
      #expect(abs(value.gradient[index] - step.imaginary / 1e-30) < 1e-8 * scale, "mean \(index)")
    }
    let step = loss(complexMeans(step: nil), Complex(item.std, 1e-30), item.prediction, process)
    #expect(abs(value.gradient[15] / (step.imaginary / 1e-30) - 1) < 1e-8, "std")
  }

  /// Central differences of order h^2: their error must fall a hundredfold when h falls tenfold.
  @Test("finite differences approach the gradient as h squared")
  func finiteDifferences() {
    let loss = DenoisingLoss(process: VariancePreserving(), prediction: .noise)
    func value(_ std: Double) -> DenoisingLoss.Value {
      loss.evaluate(
        MixtureModel(means: means, std: std), clean: clean, times: times, lambdas: [1, 2, 0.5, 1], noise: noise)
    }
    let exact = value(0.4).gradient[15]
    let errors = [1e-2, 1e-3].map { h in abs((value(0.4 + h).loss - value(0.4 - h).loss) / (2 * h) - exact) }
    #expect(errors[0] / errors[1] > 80 && errors[0] / errors[1] < 120, "errors \(errors)")
  }

  @Test("a wrong gradient is noticed")
  func plantedError() {
    let value = evaluate(Case(prediction: .noise, process: .vp, std: 0.3))
    let step = loss(complexMeans(step: nil), Complex(0.3, 1e-30), .noise, VariancePreserving()).imaginary / 1e-30
    #expect(abs(value.gradient[15] * 1.001 / step - 1) > 1e-4)
  }
}
