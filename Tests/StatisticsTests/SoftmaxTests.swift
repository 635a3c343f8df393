// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct SoftmaxTests {
  @Test func `probabilities are proportional to exponentials, whatever the size of the logits`() {
    let exponentials = [1, 2, 5].map { Double($0) }
    for shift in [0.0, 1e6, -1e6] {
      let logits = exponentials.map { log($0) + shift }
      let softmax = Softmax(logits)
      for (found, expected) in zip(softmax.probabilities, exponentials.map { $0 / 8 }) {
        #expect(abs(found - expected) < 1e-9)
      }
      for (found, expected) in zip(softmax.logarithms(of: logits), exponentials.map { log($0 / 8) }) {
        #expect(abs(found - expected) < 1e-9)
      }
    }
  }

  @Test func `what is too small for a number keeps its logarithm, and logits of -infinity are equal`() {
    #expect(Softmax([0, -2000]).probabilities == [1, 0])
    #expect(Softmax([0, -2000]).logarithms(of: [0, -2000]) == [0, -2000])
    #expect(Softmax([-.infinity, -.infinity]).probabilities == [0.5, 0.5])
    #expect(Softmax([-.infinity, 3]).probabilities == [0, 1])
  }
}
