// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Kernels
import LabTesting
import Testing

/// Training loss and gradient of coloured templates: exact log-determinant against `expected_exact`, that of the
/// authors' code against `expected`.
@Suite struct GoldenColoredLossTests {
  static let sources = [(LogDeterminant.exact, "expected_exact"), (.paperCode, "expected")]

  @Test(arguments: sources) func `the double-precision loss and gradients are the reference's`(
    logDeterminant: LogDeterminant, source: String
  ) throws {
    for item in try ColoredGoldenItem.all(logDeterminant) {
      let value = ColoredTemplateLoss(process: item.process, prediction: item.prediction).evaluate(
        item.model, clean: item.clean, times: item.times, lambdas: item.times.map { _ in 1 }, noise: item.noise)
      for (name, actual, expected) in try item.outputs(value, source) {
        if name == "grad_color_std" && item.model.std < 1e-4 {
          // 2 std d/dvar with cancellation: the reference's own formulas differ by 200 %.
          #expect(abs(actual[0]) < 30 * abs(expected[0]), "\(item.golden): \(actual), \(expected)")
          continue
        }
        let allowed = item.model.std <= 1e-3 && name != "loss" ? 1e-6 : 1e-9
        let error = RelativeError.of(actual, expected)
        #expect(error <= allowed, "\(item.golden) \(name): error \(error) against \(source), allowed \(allowed)")
      }
    }
  }
}
