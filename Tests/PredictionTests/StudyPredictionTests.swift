// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Experiments
import HardEM
import Kernels
import Memorization
import Prediction
import Testing
import Theory
import Training

@Suite struct StudyPredictionTests {
  @Test func `on the data of the runs it is hard EM from their start`() throws {
    let configuration = try laboratory(20, 3, 30)
    let seeds = ([4, 7] as [UInt64]).map { seed -> Configuration in
      var one = configuration
      (one.data.dataSeed, one.seed) = (seed, seed)
      return one
    }
    let prediction = StudyPrediction(configuration, seeds: seeds, repeats: 2)
    let halves = try seeds.map { run in
      let curve = HardEM.predict(dataset: run.data.dataset, seed: run.seed)
      return try #require(curve.transition.half.value)
    }
    #expect(prediction.sameData[.hardEM] == (halves[0] + halves[1]) / 2)
    #expect(prediction.methods.map(\.method) == PredictionMethod.allCases)
    #expect(prediction.sameData[.hardEMSampled] != nil)
  }

  @Test func `the setting says where a configuration leaves the laboratory`() throws {
    #expect(PredictionSetting(try laboratory()).departures == [])
    let other = try laboratory(70, 2, 45) {
      $0.data.variance = 2
      $0.data.duplicates = 0.1
      $0.evaluation.sampler = .exact
      $0.evaluation.criterion = 0.25
      $0.process = .fm
      $0.training.prediction = .clean
    }
    #expect(PredictionSetting(other).departures == Set(PredictionError.Departure.allCases))
  }

  @Test func `what no study had is not measured`() throws {
    let changes: [(inout Configuration) -> Void] = [
      { $0.process = .ve }, { $0.times.first = 0.2 }, { $0.training.weight = .signalToNoise },
      { $0.evaluation.sampler = .euler }, { $0.initialization = .gaussian(scale: 1, std: 1) },
      { $0.data.samples = 1000 }, { $0.evaluation.criterion = 0.9 },
    ]
    for change in changes {
      let setting = PredictionSetting(try laboratory(change: change))
      #expect(setting.departures == nil && PredictionError.expected(.hardEM, setting) == nil, "\(setting)")
    }
  }
}
