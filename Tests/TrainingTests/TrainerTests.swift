// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Testing
import Training

@Suite("Training")
struct TrainerTests {
  private let dataset = Dataset.isotropic(
    dimension: 8, trueComponents: 2, trainingCount: 60, heldOutCount: 0, key: RandomKey(seed: 2))
  private let table = TimeTable(grid: .paper, process: VariancePreserving(), prediction: .noise, weight: .unit)

  private func train(_ components: Int, kernel: KernelChoice = .auto, threads: Int = 1) throws -> TrainedModel {
    let start = try MixtureModel(.paper, components: components, dataset: dataset, key: RandomKey(seed: 3))
    let settings = try TrainingSettings.quick(steps: 1000, kernel: kernel)
    return try Trainer(settings: settings, table: table).train(
      start, on: dataset.train, key: RandomKey(seed: 4), workers: Workers(threads: threads))
  }

  @Test("equal keys give equal bits on one and two threads", arguments: [KernelChoice.dense, .pruned])
  func reproducible(kernel: KernelChoice) throws {
    let one = try train(20, kernel: kernel, threads: 1)
    let two = try train(20, kernel: kernel, threads: 2)
    #expect(one.model == two.model)
    #expect(one.lossTrace == two.lossTrace)
  }

  @Test("the loss falls and a small model finds the scale of the data")
  func learns() throws {
    let trained = try train(2)
    #expect(trained.divergedAt == nil)
    #expect(trained.lossTrace.last! < trained.lossTrace.first! / 10)
    // Two components for two clusters of variance 1: std within 10 % of 1.
    #expect(abs(abs(trained.model.std) - 1) < 0.1, "std \(trained.model.std)")
  }

  @Test("numbers that are not finite end the training with its step")
  func divergenceIsAnOutcome() throws {
    var start = try MixtureModel(.paper, components: 4, dataset: dataset, key: RandomKey(seed: 3))
    start.means[0, 0] = .infinity
    let trained = try Trainer(settings: .quick(steps: 1000), table: table).train(
      start, on: dataset.train, key: RandomKey(seed: 4))
    #expect(trained.divergedAt == 0)
  }

  @Test("a training can be stopped")
  func cancellation() throws {
    let start = try MixtureModel(.paper, components: 4, dataset: dataset, key: RandomKey(seed: 3))
    #expect(throws: CancellationError.self) {
      try Trainer(settings: .quick(steps: 1000), table: table).train(
        start, on: dataset.train, key: RandomKey(seed: 4), progress: { $0 < 100 })
    }
  }

  @Test("starts of growing M are nested, and starts that the data forbid are refused")
  func initializations() throws {
    let small = try MixtureModel(.paper, components: 5, dataset: dataset, key: RandomKey(seed: 9))
    let large = try MixtureModel(.paper, components: 60, dataset: dataset, key: RandomKey(seed: 9))
    #expect(Array(large.means.values.prefix(40)) == small.means.values)
    #expect(Set((0..<60).map { Array(large.means.row($0)) }).count == 60)
    #expect(throws: InitializationError.moreComponentsThanSamples(components: 61, samples: 60)) {
      try MixtureModel(.paper, components: 61, dataset: dataset, key: RandomKey(seed: 9))
    }
    #expect(throws: InitializationError.truthNeedsTrueComponents(components: 3, trueComponents: 2)) {
      try MixtureModel(.truth(std: 1), components: 3, dataset: dataset, key: RandomKey(seed: 9))
    }
  }
}
