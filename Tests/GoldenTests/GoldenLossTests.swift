// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Kernels
import LabTesting
import Testing
import Training

/// Training loss and gradient of the isotropic mixture: the double twin by the double rule, the Float kernel by
/// the Float rule of the golden README (error <= max(floor, 10 x error of the reference in float32)).
@Suite struct GoldenLossTests {
  private struct Item {
    let golden: GoldenCase
    let process: any DiffusionProcess
    let prediction: Prediction
    let clean, noise: Matrix
    let times: [Double]
    let model: MixtureModel

    init(_ golden: GoldenCase) throws {
      self.golden = golden
      process = try golden.process()
      prediction = try #require(Prediction(rawValue: Golden.prediction(golden.text("inputs", "vector_field_type"))))
      clean = try golden.matrix("inputs", "x0")
      times = try golden.vector("inputs", "t")
      let draws = try golden.matrices("inputs", "eps")
      noise = Matrix(
        rows: draws.count * draws[0].rows, columns: clean.columns, values: draws.flatMap(\.values))
      model = MixtureModel(
        means: try golden.matrix("inputs", "means"), std: try golden.number("inputs", "std"),
        priors: try golden.vector("inputs", "priors"))
    }

    /// Errors of loss, gradient of the means and gradient of std against the expected values.
    func errors(_ value: DenoisingLoss.Value) throws -> [(name: String, error: Double)] {
      let means = try golden.matrix("expected", "grad_means")
      return [
        ("loss", RelativeError.of(value.loss, try golden.number("expected", "loss"))),
        ("grad_means", RelativeError.of(Array(value.gradient.dropLast()), means.values)),
        ("grad_std", RelativeError.of(value.gradient[means.values.count], try golden.number("expected", "grad_std"))),
      ]
    }
  }

  private func items() throws -> [Item] {
    let items = try Golden.cases("loss_grad").filter { $0.name.hasPrefix("gmm_") }.map(Item.init)
    try #require(!items.isEmpty)
    return items
  }

  @Test func `the double-precision loss and gradients are the reference's`() throws {
    for item in try items() {
      let value = DenoisingLoss(process: item.process, prediction: item.prediction).evaluate(
        item.model, clean: item.clean, times: item.times, lambdas: item.times.map { _ in 1 }, noise: item.noise)
      for (name, error) in try item.errors(value) {
        #expect(error <= 1e-9, "\(item.golden) \(name): error \(error)")
      }
    }
  }

  @Test(arguments: [StepKernel.Options.dense, .init(prune: true, closedForm: false)])
  func `the training kernel obeys the float32 rule`(_ options: StepKernel.Options) throws {
    for item in try items() {
      let table = TimeTable(times: item.times, process: item.process, prediction: item.prediction, weight: .unit)
      let kernel = StepKernel(
        samples: item.clean, components: item.model.componentCount, priors: item.model.priors,
        draws: item.noise.rows / item.clean.rows, table: table, options: options, workers: .serial)
      let fixed = StepKernel.Fixed(
        timeIndices: item.times.indices.map { Int32($0) }, noise: item.noise.values.map { Float($0) })
      let loss = item.model.parameters.withUnsafeBufferPointer {
        kernel.evaluate(parameters: $0, key: RandomKey(seed: 0), step: 0, fixed: fixed).loss
      }
      for (name, error) in try item.errors(.init(loss: loss, gradient: Array(kernel.gradient))) {
        let reference = try item.golden.number("f32_reference_relerr", name)
        let allowed = max(name == "loss" ? 1e-5 : 1e-4, 10 * reference)
        #expect(error <= allowed, "\(item.golden) \(name): error \(error), allowed \(allowed)")
      }
    }
  }
}
