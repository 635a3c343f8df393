// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Kernels
import LabTesting
import Testing

@Suite struct GoldenEmpiricalTests {
  @Test func `memorizing and partially memorizing denoisers agree with the truth and with the reference`() throws {
    let faces: [(Prediction, String)] = [(.clean, "x0"), (.noise, "eps"), (.velocity, "v"), (.score, "score")]
    for item in try Golden.cases("empirical") {
      let (process, t) = (try item.process(), try item.number("inputs", "t"))
      let (data, subset) = (try item.matrix("inputs", "data"), try item.integers("inputs", "subset"))
      var denoisers: [any Denoiser] = [PartiallyMemorizingDenoiser(samples: data, subset: subset)]
      if subset == Array(0..<data.rows) { denoisers.append(MemorizingDenoiser(samples: data)) }
      let points = try item.matrix("inputs", "x_t")
      for denoiser in denoisers {
        for (prediction, face) in faces {
          let ours = denoiser.predict(prediction, noised: points, process: process, at: t)
          for source in ["expected", "expected_exact"] where item.has(source, face) {
            let error = RelativeError.worstRow(ours, try item.matrix(source, face))
            #expect(error <= 1e-11, "\(item) \(face): error \(error) against \(source)")
          }
        }
      }
    }
  }
}
