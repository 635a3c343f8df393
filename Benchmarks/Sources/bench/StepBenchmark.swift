// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Foundation
import Kernels
import Training

/// One training step at d=50, K=12, N=200, M=100, 100 draws: naive twin, dense, pruned, and the JAX peer.
enum StepBenchmark {
  static let draws = 100
  static let dataset = Dataset.isotropic(
    dimension: 50, trueComponents: 12, trainingCount: 200, heldOutCount: 0, key: RandomKey(seed: 0))
  static let table = TimeTable(grid: .paper, process: VariancePreserving(), prediction: .noise, weight: .unit)

  static func run() throws {
    print("\none training step (d=50, K=12, N=200, M=100, 100 draws)")
    // The start of training, and the scale it has near its end (std 0.65 at M = 100).
    for std in [1e-3, 0.65] {
      let start = try MixtureModel(
        .partialMemorization(std: std), components: 100, dataset: dataset, key: RandomKey(seed: 1))
      try measure(start)
    }
  }

  private static func measure(_ model: MixtureModel) throws {
    print(" model std \(model.std)")
    let naive = naiveSeconds(model)
    Environment.row("naive twin (double, one thread)", Environment.milliseconds(naive), "one draw, times 100")
    let one = seconds(model, .dense, threads: 1)
    let two = seconds(model, .dense, threads: 2)
    Environment.row("dense, one thread", Environment.milliseconds(one), String(format: "%.0fx naive", naive / one))
    Environment.row("dense, two threads", Environment.milliseconds(two), String(format: "%.2fx one thread", one / two))
    let screened = seconds(model, .init(prune: true, closedForm: false), threads: 2)
    Environment.row(
      "+ screening, two threads", Environment.milliseconds(screened), String(format: "%.2fx", two / screened))
    let pruned = seconds(model, .pruned, threads: 2)
    Environment.row(
      "+ closed form, two threads", Environment.milliseconds(pruned), String(format: "%.2fx", screened / pruned))
    for form in Peer.forms {
      guard let peer = try Peer.secondsPerStep(form: form) else {
        print("  no peer: run Benchmarks/peer/setup first")
        return
      }
      let targets = form == Peer.forms[0] ? ("target 150x", "target 300x") : ("", "")
      Environment.row(
        "JAX peer, \(form[1])", Environment.milliseconds(peer.seconds), "\(peer.bytes >> 20) MiB peak")
      Environment.row("  dense against it", String(format: "%9.0fx", peer.seconds / two), targets.0)
      Environment.row("  pruned against it", String(format: "%9.0fx", peer.seconds / pruned), targets.1)
    }
  }

  private static func seconds(_ model: MixtureModel, _ options: StepKernel.Options, threads: Int) -> Double {
    let kernel = StepKernel(
      samples: dataset.train, components: model.componentCount, draws: draws, table: table, options: options,
      workers: Workers(threads: threads))
    var optimizer = Optimizer(count: model.parameters.count, settings: .paper())
    var parameters = model.parameters
    var step = 0
    return Environment.median(60) {
      parameters.withUnsafeMutableBufferPointer { parameters in
        let (_, squaredNorm) = kernel.evaluate(
          parameters: UnsafeBufferPointer(parameters), key: RandomKey(seed: 2), step: step)
        optimizer.update(parameters, along: UnsafeBufferPointer(kernel.gradient), squaredNorm: squaredNorm)
      }
      step += 1
    }
  }

  private static func naiveSeconds(_ model: MixtureModel) -> Double {
    let loss = DenoisingLoss(process: VariancePreserving(), prediction: .noise)
    let noise = RandomKey(seed: 3).normalRows(200, 50)
    let times = (0..<200).map { table.times[$0 % 26] }
    let one = Environment.median(3) {
      _ = loss.evaluate(model, clean: dataset.train, times: times, lambdas: times.map { _ in 1 }, noise: noise)
    }
    return one * Double(draws)
  }
}
