// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Kernels
import LabTesting
import Testing

@Suite struct GoldenColoredTests {
  private func denoiser(_ item: GoldenCase, _ logDeterminant: LogDeterminant) throws -> ColoredTemplateDenoiser {
    ColoredTemplateDenoiser(
      templates: try item.matrix("inputs", "templates"), colorMeans: try item.matrix("inputs", "color_means"),
      colorVariance: try item.number("inputs", "color_var"), logDeterminant: logDeterminant)
  }

  /// The authors' log-determinant lacks the factor C: their values are met by `paperCode` and by nothing else.
  @Test(arguments: [(LogDeterminant.exact, "expected_exact"), (.paperCode, "expected")])
  func `coloured templates agree with the truth, and in paper code with the reference`(
    logDeterminant: LogDeterminant, source: String
  ) throws {
    for item in try Golden.cases("colored_template") {
      let (process, t) = (try item.process(), try item.number("inputs", "t"))
      let (denoiser, points) = (try denoiser(item, logDeterminant), try item.matrix("inputs", "x_t"))
      for (prediction, face) in [(Prediction.clean, "x0"), (.noise, "eps")] {
        let ours = denoiser.predict(prediction, noised: points, process: process, at: t)
        let error = RelativeError.worstRow(ours, try item.matrix(source, face))
        #expect(error <= 1e-10, "\(item) \(face): error \(error) against \(source)")
      }
    }
  }

  @Test func `the two log-determinants are told apart`() throws {
    let item = try #require(
      try Golden.cases("colored_template").first { $0.name == "colored_M3_4x4_var0.3_randmeans_vp_t0.5" })
    let ours = try denoiser(item, .paperCode).predict(
      .clean, noised: item.matrix("inputs", "x_t"), process: item.process(), at: item.number("inputs", "t"))
    #expect(RelativeError.worstRow(ours, try item.matrix("expected_exact", "x0")) > 1e-3)
  }
}
