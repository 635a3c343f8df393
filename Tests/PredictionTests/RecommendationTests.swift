// SPDX-License-Identifier: MIT
import Experiments
import Kernels
import Memorization
import Prediction
import Testing
import Theory

@Suite struct RecommendationTests {
  private func recommendation(
    _ configuration: Configuration, _ methods: [PredictionMethod] = PredictionMethod.allCases
  ) -> Recommendation {
    let predictor = Predictor(configuration, workers: Workers(threads: 2))
    return Recommendation(methods.map(predictor.prediction), PredictionSetting(configuration))
  }

  @Test func `no transition is an answer, and not overruled by what knows nothing of copies`() throws {
    let copies = try laboratory(30, 3, 60) { $0.data.duplicates = 0.4 }
    let found = recommendation(copies)
    let prediction = try #require(found.prediction)
    #expect(prediction.method == .hardEMSampled && prediction.half.value == nil && found.expectedError == nil)
    #expect(prediction.half.reason?.hasPrefix("no transition in range") == true)
    // The ratio starts to rise and stops at two tenths: nothing memorizes.
    #expect(prediction.ends?.start != nil && prediction.ends?.end == nil)
    #expect(found.verdict(share: 0.3)?.outcome == .generalizes && found.verdict(share: 1)?.outcome == .inTransition)
  }

  @Test func `with copies or unequal weights losses and the formula are not recommended`() throws {
    let blind = PredictionMethod.allCases.filter { !$0.simulates }
    for change in [
      { (configuration: inout Configuration) in configuration.data.duplicates = 0.1 },
      { $0.data.componentRatio = 0.6 },
    ] {
      let changed = try laboratory(30, 3, 60, change: change)
      #expect(
        recommendation(changed, blind).prediction == nil && recommendation(changed, blind).verdict(share: 1) == nil)
      #expect(recommendation(changed).prediction?.method.simulates == true)
    }
    #expect(recommendation(try laboratory(30, 3, 60), blind).prediction != nil)
  }

  @Test func `a ratio that is high from the first M on memorizes`() throws {
    let found = recommendation(try laboratory(10, 2, 12) { $0.evaluation.criterion = 1 })
    #expect(found.prediction?.method == .hardEMSampled && found.verdict(share: 0.1)?.outcome == .memorizes)
  }
}
