// SPDX-License-Identifier: MIT
import ComplexModule
import Denoisers
import Diffusion
import Kernels
import RealModule
import Testing

/// The analytic gradients of the image model against derivatives to machine precision: complex steps, as in
/// `DenoisingLossTests`, through the loss written again in the plainest form (dense covariances by Sherman-Morrison).
@Suite struct ColoredTemplateLossTests {
  private typealias C = Complex<Double>

  struct Case: Sendable, CustomTestStringConvertible {
    var prediction: Prediction
    var process: ProcessName
    var std: Double
    var logDeterminant: LogDeterminant
    var testDescription: String { "\(prediction) \(process) std \(std) \(logDeterminant)" }
  }

  static let cases = [Prediction.clean, .noise, .velocity].flatMap { prediction in
    ProcessName.allCases.flatMap { process in
      [0.05, -0.3, 1.1].map { std in
        Case(prediction: prediction, process: process, std: std, logDeterminant: std < 0 ? .paperCode : .exact)
      }
    }
  }

  private let key = RandomKey(seed: 31)
  private let channels = 2
  private let components = 3
  private let times = [0.999, 0.6, 0.25, 0.08]
  private var clean: Matrix { key.child("clean").normalRows(4, 8) }
  private var noise: Matrix { key.child("noise").normalRows(8, 8) }

  private func model(_ item: Case) -> ColoredTemplateModel {
    ColoredTemplateModel(
      templates: key.child("templates").normalRows(3, 4), colorMeans: key.child("colors").normalRows(3, 2),
      std: item.std, logDeterminant: item.logDeterminant)
  }

  private func dot(_ a: [C], _ b: [C]) -> C { zip(a, b).reduce(C(0)) { $0 + $1.0 * $1.1 } }

  /// |f(x_t) - target|^2 averaged over draws, f = a x0 + b x_t with the posterior mean x0, over complex numbers.
  private func loss(_ parameters: [C], _ item: Case) -> C {
    let process = item.process.process
    let std = parameters[18]
    let variance = std * std
    var total: C = 0
    for row in 0..<8 {
      let t = times[row / 2]
      let (a, g) = (C(process.alpha(t)), C(process.sigma(t)))
      let x = clean.row(row / 2).map { C($0) }
      let noised = zip(x, noise.row(row)).map { a * $0 + g * C($1) }
      var (images, logits): ([[C]], [C]) = ([], [])
      for j in 0..<components {
        let template = Array(parameters[j * 4..<j * 4 + 4])
        let (squares, factor) = (dot(template, template), C(item.logDeterminant.factor(channels: 2)))
        // The covariance of a channel is g^2 + a^2 s T T^T; its inverse times delta, and its determinant.
        let ratio = a * a * variance / (g * g)
        var (image, logit) = ([C](), -factor * C.log(1 + ratio * squares) / 2)
        for c in 0..<channels {
          let u = parameters[12 + j * 2 + c]
          let delta = (0..<4).map { noised[c * 4 + $0] - a * u * template[$0] }
          let pull = ratio * dot(template, delta) / (1 + ratio * squares)
          let solved = zip(delta, template).map { ($0 - pull * $1) / (g * g) }
          logit -= dot(delta, solved) / 2
          let color = u + a * variance * dot(template, solved)
          image += template.map { color * $0 }
        }
        images.append(image)
        logits.append(logit)
      }
      let top = C(logits.map(\.real).max()!)
      let weights = logits.map { C.exp($0 - top) }
      let sum = weights.reduce(C(0), +)
      let clean = C(item.prediction.cleanCoefficient(process, at: t))
      for k in 0..<8 {
        let estimate = (0..<components).reduce(C(0)) { $0 + weights[$1] * images[$1][k] } / sum
        let error = clean * (estimate - x[k])
        total += error * error
      }
    }
    return total / C(8)
  }

  private func evaluate(_ item: Case) -> DenoisingLoss.Value {
    ColoredTemplateLoss(process: item.process.process, prediction: item.prediction).evaluate(
      model(item), clean: clean, times: times, lambdas: [1, 1, 1, 1], noise: noise)
  }

  private func slope(_ item: Case, _ index: Int) -> Double {
    var parameters = model(item).parameters.map { C($0) }
    parameters[index] = Complex(parameters[index].real, 1e-30)
    return loss(parameters, item).imaginary / 1e-30
  }

  @Test(arguments: cases) func `every derivative is that of the complex step`(item: Case) {
    let value = evaluate(item)
    let plain = loss(model(item).parameters.map { C($0) }, item).real
    #expect(abs(value.loss / plain - 1) < 1e-9)
    for range in [0..<12, 12..<18, 18..<19] {
      let scale = value.gradient[range].map { abs($0) }.max()!
      for index in range { #expect(abs(value.gradient[index] - slope(item, index)) < 1e-8 * scale, "\(index)") }
    }
  }

  @Test func `a wrong gradient, a wrong weight and a wrong determinant are noticed`() {
    let item = Case(prediction: .noise, process: .vp, std: 0.5, logDeterminant: .exact)
    let value = evaluate(item)
    #expect(abs(value.gradient[18] * 1.001 / slope(item, 18) - 1) > 1e-4)
    var other = item
    other.logDeterminant = .paperCode
    #expect(abs(slope(other, 18) / value.gradient[18] - 1) > 1e-3)
    let doubled = ColoredTemplateLoss(process: VariancePreserving(), prediction: .noise).evaluate(
      model(item), clean: clean, times: times, lambdas: [2, 2, 2, 2], noise: noise)
    #expect(zip(doubled.gradient, value.gradient).allSatisfy { abs($0 - 2 * $1) <= 1e-12 * abs($0) })
  }

  @Test func `scaling a template against its colour changes nothing at std zero`() {
    var model = model(Case(prediction: .noise, process: .vp, std: 0, logDeterminant: .exact))
    func loss(_ model: ColoredTemplateModel) -> Double {
      ColoredTemplateLoss(process: VariancePreserving(), prediction: .noise).evaluate(
        model, clean: clean, times: times, lambdas: [1, 1, 1, 1], noise: noise
      ).loss
    }
    let before = loss(model)
    model.templates = Matrix(8 * model.templates)
    model.colorMeans = Matrix(0.125 * model.colorMeans)
    #expect(abs(loss(model) / before - 1) < 1e-12)
  }
}
