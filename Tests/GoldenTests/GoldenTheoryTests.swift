// SPDX-License-Identifier: MIT
import Diffusion
import LabTesting
import Testing
import Theory

@Suite struct GoldenTheoryTests {
  /// The excess losses and times of a case; the reference's constant C is 1.
  private func parts(_ item: GoldenCase) throws -> (loss: ExcessLoss, times: [Double]) {
    let name = try Golden.prediction(try item.text("inputs", "vector_field_type"))
    let loss = ExcessLoss(
      dimension: try item.integer("inputs", "dim"), variance: try item.number("inputs", "variance"),
      prediction: try #require(Prediction(rawValue: name)))
    return (loss, try item.vector("inputs", "t"))
  }

  @Test func `generalizing excess losses are the reference's`() throws {
    let cases = try Golden.cases("approx")
    #expect(!cases.isEmpty)
    for item in cases {
      let ((loss, times), process) = (try parts(item), try item.process())
      for (t, expected) in zip(times, try item.vector("expected", "generalizing")) {
        let error = RelativeError.of(loss.generalizing(process: process, at: t), expected)
        // The reference forms psi / (psi s + 1) in double precision: its own rounding at the ends is within this.
        #expect(error <= 1e-11, "\(item) at \(t): error \(error)")
      }
    }
  }

  @Test func `partially memorizing excess losses are the reference's`() throws {
    for item in try Golden.cases("approx") {
      let ((loss, times), process) = (try parts(item), try item.process())
      let samples = try item.integer("inputs", "num_samples")
      let counts = try item.keys("expected", "partial_memorizing")
      #expect(!counts.isEmpty, "\(item)")
      for count in counts {
        let components = try #require(Int(count))
        let all = try item.vector("expected", "partial_memorizing", count)
        for (t, expected) in zip(times, all) {
          let value = loss.partiallyMemorizing(components: components, samples: samples, process: process, at: t)
          let error = RelativeError.of(value, expected)
          #expect(error <= 1e-11, "\(item) M = \(count) at \(t): error \(error)")
        }
      }
    }
  }
}
