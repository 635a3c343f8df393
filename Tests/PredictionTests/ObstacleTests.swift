// SPDX-License-Identifier: MIT
import Denoisers
import Experiments
import Kernels
import Memorization
import Prediction
import Testing
import Theory

/// Configurations at the edge: a method that has no meaning there says so and does not stop the others.
@Suite struct ObstacleTests {
  private let workers = Workers(threads: 2)
  private let hardEM = PredictionMethod.allCases.filter(\.isHardEM)

  @Test func `with a criterion of one everything is memorized, and the formula has no meaning`() throws {
    let configuration = try laboratory(10, 2, 12) { $0.evaluation.criterion = 1 }
    let predictor = Predictor(configuration, workers: workers)
    #expect(predictor.formula == nil && !predictor.prediction(.hardEMFormula).isAnswer)
    for method in [PredictionMethod.hardEM, .hardEMSampled] {
      let prediction = predictor.prediction(method)
      #expect(prediction.half.value == nil && prediction.half.reason?.contains("above one half") == true)
      #expect(prediction.ends?.start == 0 && prediction.ends?.end == 0)
    }
    #expect(StudyPrediction(configuration, seeds: [configuration], repeats: 2).sameData[.hardEM] == nil)
  }

  @Test(arguments: [(1, 1, 2), (1, 3, 20), (2, 1, 2), (5, 30, 4), (3, 2, 3)])
  func `small d and N, and more components than samples, are predicted without a trap`(_ size: (Int, Int, Int)) throws {
    for duplicates in [0, 0.5] {
      let configuration = try laboratory(size.0, size.1, size.2) { $0.data.duplicates = duplicates }
      let predictor = Predictor(configuration, repeats: 2, workers: workers)
      for method in PredictionMethod.allCases {
        let half = predictor.prediction(method).half
        #expect(half.value.map { (0...1).contains($0) } ?? (half.reason != nil), "\(size) \(method)")
      }
    }
  }

  @Test func `hard EM says nothing of other starts than partial memorization`() throws {
    let starts: [Initialization] = [.gaussian(scale: 1, std: 1), .sphere(radius: nil, std: 1), .truth(std: 1)]
    for start in starts {
      let configuration = try laboratory { $0.initialization = start }
      let predictor = Predictor(configuration, workers: workers)
      for method in hardEM { #expect(!predictor.prediction(method).isAnswer, "\(start) \(method)") }
      #expect(predictor.prediction(.finiteSize).half.value != nil)
      let study = StudyPrediction(configuration, seeds: [configuration], repeats: 2, workers: workers)
      #expect(study.sameData.isEmpty && study.methods.filter(\.method.isHardEM).allSatisfy { $0.half.value == nil })
    }
    let wide = Predictor(try laboratory { $0.initialization = .partialMemorization(std: 1) }, workers: workers)
    #expect(hardEM.allSatisfy { wide.obstacle($0) == nil })
  }
}
