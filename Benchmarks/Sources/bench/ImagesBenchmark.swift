// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Foundation
import Kernels
import Training

/// Training of coloured templates, 15 x 15 pixels in 3 channels, K=6, N=100, one draw: a step and a whole training.
enum ImagesBenchmark {
  /// Pixels uniform in [0, 1]: pictures overlap about as these do.
  static let data = ColoredTemplateLaw(
    templates: Matrix(rows: 6, columns: 225, values: RandomKey(seed: 0).child("pictures").uniforms(6 * 225))
  ).sample(100, key: RandomKey(seed: 0))
  static let table = TimeTable(grid: .paper, process: VariancePreserving(), prediction: .noise, weight: .unit)

  static func run() throws {
    for components in [20, 60, 100] {
      print("\nimages (15 x 15 x 3, K=6, N=100, M=\(components), 1 draw)")
      let start = try ColoredTemplateModel(memorizing: data, components: components, key: RandomKey(seed: 1))
      measure("start", start)
      let settings = settings(steps: 30_000)
      for threads in [1, 2] {
        let trained = try Trainer(settings: settings, table: table).train(
          start, on: data, key: RandomKey(seed: 2), workers: Workers(threads: threads))
        let share = Double(trained.counts.activeComponents) / Double(settings.steps * 100)
        Environment.row(
          "30,000 steps, \(threads) thread(s)", String(format: "%9.2f s", trained.seconds),
          String(
            format: "%.3f ms a step, std %.4f, %.1f components kept, %.1f %% clipped",
            trained.seconds / Double(settings.steps) * 1e3, abs(trained.model.std), share, 100 * trained.clippedShare))
        if threads == 2 {
          try peer(components, std: trained.model.std, seconds: measure("trained", trained.model))
        }
      }
    }
  }

  /// The authors' run file (100,000 steps) with time constants rescaled to fewer.
  private static func settings(steps: Int) -> TrainingSettings {
    TrainingSettings(
      preset: .quick, steps: steps, draws: 1, prediction: .noise, weight: .unit, kernel: .auto, peakRate: 3.3e-4,
      finalRate: 3e-8, warmUpSteps: steps / 20, beta1: 0.9, beta2: 0.997, epsilon: 1e-8, updateDecay: 0.1,
      clipNorm: 1e3)
  }

  /// The same step in JAX on all cores, measured now.
  private static func peer(_ components: Int, std: Double, seconds: Double) throws {
    for form in Peer.imageForms {
      let options = ["--form", form, "-M", String(components), "--std", String(abs(std))]
      guard let answer = try Peer.secondsPerStep(form: options, script: "images.py") else { return }
      Environment.row(
        "JAX peer, \(form)", Environment.milliseconds(answer.seconds),
        String(format: "%.1fx the time of ours on two threads", answer.seconds / seconds))
    }
  }

  @discardableResult
  private static func measure(_ name: String, _ model: ColoredTemplateModel) -> Double {
    let naive = naiveSeconds(model)
    Environment.row("\(name): naive twin, one thread", Environment.milliseconds(naive))
    let one = seconds(model, .dense, threads: 1)
    Environment.row("\(name): dense, one thread", Environment.milliseconds(one), String(format: "%.0fx", naive / one))
    let pruned = seconds(model, .pruned, threads: 1)
    Environment.row("+ screening", Environment.milliseconds(pruned), String(format: "%.2fx", one / pruned))
    let two = seconds(model, .pruned, threads: 2)
    Environment.row("+ two threads", Environment.milliseconds(two), String(format: "%.2fx", pruned / two))
    return two
  }

  private static func seconds(_ model: ColoredTemplateModel, _ options: ColoredStepKernel.Options, threads: Int)
    -> Double
  {
    let kernel = ColoredStepKernel(
      samples: data, components: model.componentCount, draws: 1, table: table, options: options,
      workers: Workers(threads: threads))
    let parameters = model.parameters
    var step = 0
    return Environment.median(200) {
      _ = parameters.withUnsafeBufferPointer { kernel.evaluate(parameters: $0, key: RandomKey(seed: 2), step: step) }
      step += 1
    }
  }

  private static func naiveSeconds(_ model: ColoredTemplateModel) -> Double {
    let loss = ColoredTemplateLoss(process: VariancePreserving(), prediction: .noise)
    let noise = RandomKey(seed: 3).normalRows(100, 675)
    let times = (0..<100).map { table.times[$0 % 26] }
    return Environment.median(1) {
      _ = loss.evaluate(model, clean: data.points, times: times, lambdas: times.map { _ in 1 }, noise: noise)
    }
  }
}
