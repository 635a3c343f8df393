// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Testing
import Training

/// Where image models lose their digits: std = 1e-6 at t = 0.001, templates equal to those of the data, and the scale
/// of a template against its colour.
@Suite("The image model's step kernel where differences cancel")
struct ColoredStepTrapTests {
  private let step = ColoredStepCase(
    pixels: 225, channels: 3, components: 20, samples: 26, draws: 1, std: 1e-6, jitter: 0)

  private func evaluate(_ model: ColoredTemplateModel, time: Int32) -> (loss: Double, gradient: [Double]) {
    let data = step.data
    let kernel = step.kernel(data, .pruned)
    let fixed = StepKernel.Fixed(timeIndices: Array(repeating: time, count: 26), noise: step.noise)
    let loss = model.parameters.withUnsafeBufferPointer {
      kernel.evaluate(parameters: $0, key: RandomKey(seed: 1), step: 0, fixed: fixed)
    }.loss
    return (loss, Array(kernel.gradient))
  }

  private func twin(_ model: ColoredTemplateModel, time: Int) -> DenoisingLoss.Value {
    let noise = Matrix(rows: 26, columns: 675, values: step.noise.map { Double($0) })
    return ColoredTemplateLoss(process: step.process.process, prediction: .noise).evaluate(
      model, clean: step.data.points, times: Array(repeating: step.table.times[time], count: 26),
      lambdas: Array(repeating: 1, count: 26), noise: noise)
  }

  @Test("the smallest time alone: six left-out samples pull at std with 1e7 and more")
  func smallestTime() {
    let model = step.model(step.data)
    let (fast, twin) = (evaluate(model, time: 25), twin(model, time: 25))
    #expect(abs(fast.loss / twin.loss - 1) < 1e-10)
    for (name, range) in step.parts {
      let error = relativeError(fast.gradient[range], twin.gradient[range])
      #expect(error < 1e-9, "gradient of the \(name): \(error)")
    }
    // Templates of memorized samples alone: 1e6 times weaker than the pulls of the others, looked at by themselves.
    let strongest = (0..<20).map { j in twin.gradient[j * 225..<(j + 1) * 225].map { abs($0) }.max()! }
    for j in 0..<20 where strongest[j] < 1e-6 * strongest.max()! {
      let range = j * 225..<(j + 1) * 225
      #expect(relativeError(fast.gradient[range], twin.gradient[range]) < 1e-4, "template \(j): \(strongest[j])")
    }
    #expect(abs(twin.gradient[20 * 228]) > 1e7, "std \(twin.gradient[20 * 228])")
  }

  @Test(
    "templates a thousand times larger with colours a thousand times smaller are the same model", arguments: [25, 5])
  func scale(time: Int32) {
    let model = step.model(step.data)
    var scaled = model
    scaled.std = 0
    let before = evaluate(scaled, time: time)
    scaled.templates = Matrix(1000 * model.templates)
    scaled.colorMeans = Matrix(1e-3 * model.colorMeans)
    let after = evaluate(scaled, time: time)
    #expect(abs(after.loss / before.loss - 1) < 1e-11)
    let pixels = 20 * 225
    #expect(relativeError(after.gradient[..<pixels].map { $0 * 1000 }, before.gradient[..<pixels]) < 1e-9)
    let colors = pixels..<pixels + 60
    #expect(relativeError(after.gradient[colors].map { $0 / 1000 }, before.gradient[colors]) < 1e-9)
  }

  /// What the trap does: |u T - c B|^2 through squares and products in single precision.
  @Test("expanded squares in single precision are wrong by whole units of the logit here")
  func theTrap() {
    let (data, model) = (step.data, step.model(step.data))
    let (image, other) = (data.points.row(0).map { Float($0) }, model.templates.painted(model.colorMeans).row(1))
    let mean = other.map { Float($0) }
    func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let expanded = product(image, image) - 2 * product(image, mean) + product(mean, mean)
    let direct = zip(data.points.row(0), other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(abs(Double(expanded) - direct) / 2e-6 > 1, "\(expanded), \(direct)")
  }
}
