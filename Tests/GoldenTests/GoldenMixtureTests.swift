// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Kernels
import LabTesting
import Testing

@Suite struct GoldenMixtureTests {
  /// The exact velocity and score, built from the exact clean and noise.
  private func exact(_ item: GoldenCase, _ process: any DiffusionProcess, _ t: Double) throws -> [String: Matrix] {
    let (clean, noise) = (try item.matrix("expected_exact", "x0"), try item.matrix("expected_exact", "eps"))
    return [
      "x0": clean, "eps": noise, "v": Matrix(process.alphaPrime(t) * clean + process.sigmaPrime(t) * noise),
      "score": Matrix(-1 / process.sigma(t) * noise),
    ]
  }

  /// What the reference's own error allows, per row: max(1e-10, 10 x its error against the truth).
  private func allowance(
    _ item: GoldenCase, _ face: String, _ exact: [String: Matrix], _ process: any DiffusionProcess, _ t: Double
  ) throws -> [Double] {
    let (x0, eps) = (try item.vector("reference_vs_exact", "x0"), try item.vector("reference_vs_exact", "eps"))
    func size(_ name: String, _ row: Int) -> Double { exact[name]?.row(row).map(abs).max() ?? 0 }
    return x0.indices.map { row in
      switch face {
      case "x0": max(1e-10, 10 * x0[row])
      case "v":
        // The reference's errors of x0 and eps, carried into alpha' x0 + sigma' eps.
        max(
          1e-10,
          10
            * (abs(process.alphaPrime(t)) * size("x0", row) * x0[row] + abs(process.sigmaPrime(t)) * size("eps", row)
              * eps[row]) / size("v", row))
      default: max(1e-10, 10 * eps[row])
      }
    }
  }

  @Test func `mixture denoisers agree with the dense truth and with the reference`() throws {
    let faces: [(Prediction, String)] = [(.clean, "x0"), (.noise, "eps"), (.velocity, "v"), (.score, "score")]
    for item in try Golden.cases("iso_gmm") {
      let (process, t) = (try item.process(), try item.number("inputs", "t"))
      let denoiser = MixtureDenoiser(
        means: try item.matrix("inputs", "means"), variance: try item.number("inputs", "variance"),
        weights: try item.vector("inputs", "priors"))
      let points = try item.matrix("inputs", "x_t")
      let exact = try exact(item, process, t)
      for (prediction, face) in faces {
        let ours = denoiser.predict(prediction, noised: points, process: process, at: t)
        let truth = RelativeError.worstRow(ours, try #require(exact[face]))
        #expect(truth <= 1e-9, "\(item) \(face): error \(truth) against the truth")
        let allowed = try allowance(item, face, exact, process, t)
        let errors = RelativeError.rows(ours, try item.matrix("expected", face))
        for (row, error) in errors.enumerated() {
          #expect(error <= allowed[row], "\(item) \(face) row \(row): error \(error), allowed \(allowed[row])")
        }
      }
      let weights = denoiser.posteriorWeights(points, process: process, at: t)
      let error = RelativeError.worstRow(weights, try item.matrix("expected_exact", "posterior"))
      #expect(error <= 1e-9, "\(item): error \(error) of the posterior weights")
    }
  }
}
