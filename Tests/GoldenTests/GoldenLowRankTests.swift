// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import LabTesting
import Testing

@Suite struct GoldenLowRankTests {
  /// The three kinds of component: factors, full covariances, one variance each.
  private func law(_ item: GoldenCase) throws -> LowRankMixture {
    let (means, weights) = (try item.matrix("inputs", "means"), try item.vector("inputs", "priors"))
    switch try item.text("inputs", "kind") {
    case "low_rank_gmm":
      return LowRankMixture(means: means, factors: try item.matrices("inputs", "cov_factors"), weights: weights)
    case "gmm":
      return LowRankMixture(means: means, covariances: try item.matrices("inputs", "covs"), weights: weights)
    case "iso_gmm":
      return LowRankMixture(means: means, variances: try item.vector("inputs", "variances"), weights: weights)
    case let kind: throw GoldenError("\(item): unknown kind \(kind)")
    }
  }

  @Test func `low-rank denoisers agree with the dense truth and with the reference`() throws {
    var kinds: Set<String> = []
    for item in try Golden.cases("low_rank_gmm") {
      kinds.insert(try item.text("inputs", "kind"))
      let (process, t) = (try item.process(), try item.number("inputs", "t"))
      let denoiser = LowRankDenoiser(law: try law(item))
      let points = try item.matrix("inputs", "x_t")
      for (prediction, face) in [(Prediction.clean, "x0"), (.noise, "eps")] {
        let ours = denoiser.predict(prediction, noised: points, process: process, at: t)
        let truth = RelativeError.worstRow(ours, try item.matrix("expected_exact", face))
        #expect(truth <= 1e-9, "\(item) \(face): error \(truth) against the truth")
        let errors = RelativeError.rows(ours, try item.matrix("expected", face))
        for (error, reference) in zip(errors, try item.vector("reference_vs_exact", face)) {
          let allowed = max(1e-10, 10 * reference)
          #expect(error <= allowed, "\(item) \(face): error \(error), allowed \(allowed)")
        }
      }
      let weights = denoiser.posteriorWeights(points, process: process, at: t)
      let error = RelativeError.worstRow(weights, try item.matrix("expected_exact", "posterior"))
      #expect(error <= 1e-9, "\(item): error \(error) of the posterior weights")
    }
    #expect(kinds == ["low_rank_gmm", "gmm", "iso_gmm"])
  }
}
