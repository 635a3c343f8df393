// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Testing
import Training

/// A training step in miniature: data, a start part of the way, times and noise.
struct StepCase: CustomStringConvertible, Sendable {
  var dimension, components, samples, draws: Int
  var std: Double
  var prediction = Prediction.noise
  var process = ProcessName.vp
  /// p_j proportional to 2^(j mod 5) instead of equal.
  var unequalPriors = false

  var description: String {
    "d\(dimension) M\(components) N\(samples) S\(draws) std\(std) \(prediction) \(process)\(unequalPriors ? " priors" : "")"
  }

  var priors: [Double]? { unequalPriors ? (0..<components).map { Double(1 << ($0 % 5)) } : nil }

  var dataset: Dataset {
    .isotropic(
      dimension: dimension, trueComponents: 3, trainingCount: samples, heldOutCount: 0,
      key: RandomKey(seed: 5).child(description))
  }

  var table: TimeTable {
    TimeTable(grid: .paper, process: process.process, prediction: prediction, weight: .unit)
  }

  /// Training samples with a little jitter, so that no distance is exactly zero.
  func model(_ dataset: Dataset) -> MixtureModel {
    let jitter = RandomKey(seed: 6).child("jitter").normalRows(components, dimension)
    let rows = (0..<components).map { $0 % samples }
    return MixtureModel(
      means: Matrix(dataset.train.gathering(rows) + (0.3 * std + 0.01) * jitter), std: std, priors: priors)
  }

  /// Every time of the grid in turn.
  var timeIndices: [Int32] { (0..<samples).map { Int32($0 % 26) } }

  var noise: [Float] {
    RandomKey(seed: 7).child("noise").normals(samples * draws * dimension).map { Float($0) }
  }

  func kernel(_ dataset: Dataset, _ options: StepKernel.Options, workers: Workers = .serial) -> StepKernel {
    StepKernel(
      samples: dataset.train, components: components, priors: priors, draws: draws, table: table, options: options,
      workers: workers)
  }

  /// Loss and gradient of the double-precision twin.
  func twin() -> DenoisingLoss.Value {
    let (dataset, table) = (dataset, table)
    let noise = Matrix(rows: samples * draws, columns: dimension, values: noise.map { Double($0) })
    return DenoisingLoss(process: process.process, prediction: prediction).evaluate(
      model(dataset), clean: dataset.train, times: timeIndices.map { table.times[Int($0)] },
      lambdas: timeIndices.map { table.lambda[Int($0)] }, noise: noise)
  }

  /// Loss and gradient of the kernel on the same times and noise.
  func fast(_ options: StepKernel.Options) -> DenoisingLoss.Value {
    let dataset = dataset
    let kernel = kernel(dataset, options)
    let loss = model(dataset).parameters.withUnsafeBufferPointer {
      kernel.evaluate(
        parameters: $0, key: RandomKey(seed: 1), step: 0, fixed: .init(timeIndices: timeIndices, noise: noise))
    }.loss
    return .init(loss: loss, gradient: Array(kernel.gradient))
  }

  static let all = [
    StepCase(dimension: 1, components: 1, samples: 26, draws: 1, std: 0.5),
    StepCase(dimension: 2, components: 3, samples: 7, draws: 5, std: 1e-3),
    StepCase(dimension: 17, components: 19, samples: 29, draws: 3, std: 0.1),
    StepCase(dimension: 16, components: 16, samples: 32, draws: 16, std: 1),
    StepCase(dimension: 30, components: 33, samples: 52, draws: 4, std: 0.4),
    StepCase(dimension: 50, components: 40, samples: 52, draws: 49, std: 0.3),
    StepCase(dimension: 30, components: 25, samples: 52, draws: 4, std: 0.4, prediction: .clean),
    StepCase(dimension: 30, components: 25, samples: 52, draws: 4, std: 0.4, prediction: .velocity, process: .fm),
    StepCase(dimension: 30, components: 25, samples: 52, draws: 4, std: 0.4, prediction: .noise, process: .ve),
    StepCase(dimension: 20, components: 37, samples: 52, draws: 4, std: 0.5, unequalPriors: true),
    StepCase(dimension: 6, components: 9, samples: 26, draws: 16, std: 1.2, unequalPriors: true),
  ]
}

/// max |a - b| / max |b|.
func relativeError(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
  let pairs = Array(zip(a, b))
  let scale = pairs.map { abs($0.1) }.max() ?? 0
  return (pairs.map { abs($0.0 - $0.1) }.max() ?? 0) / max(scale, .leastNormalMagnitude)
}

@Suite("The step kernel and its double-precision twin")
struct StepKernelTests {
  /// Float products of about 50 terms against double: 1e-4 is the floor of the golden README for gradients.
  @Test("dense equals the twin", arguments: StepCase.all)
  func denseEqualsTwin(_ step: StepCase) {
    let (fast, twin) = (step.fast(.dense), step.twin())
    #expect(abs(fast.loss / twin.loss - 1) < 2e-6, "loss \(fast.loss), twin \(twin.loss)")
    let means = relativeError(fast.gradient.dropLast(), twin.gradient.dropLast())
    #expect(means < 2e-5, "gradient of the means: \(means)")
    let std = abs(fast.gradient.last! / twin.gradient.last! - 1)
    #expect(std < 1e-4, "gradient of std: \(fast.gradient.last!), twin \(twin.gradient.last!)")
  }

  /// What screening leaves out has posterior weight below 1e-6 in every draw.
  @Test("screening changes nothing beyond its bound", arguments: StepCase.all)
  func screenedEqualsDense(_ step: StepCase) {
    let screened = step.fast(.init(prune: true, closedForm: false))
    let twin = step.twin()
    #expect(abs(screened.loss / twin.loss - 1) < 5e-6, "loss \(screened.loss), twin \(twin.loss)")
    let error = relativeError(screened.gradient.dropLast(), twin.gradient.dropLast())
    #expect(error < 3e-5, "gradient of the means: \(error)")
    #expect(abs(screened.gradient.last! / twin.gradient.last! - 1) < 1e-4)
  }

  @Test("screening with a bound that is too loose is noticed")
  func looseScreeningIsNoticed() {
    let step = StepCase.all[5]
    let loose = step.fast(.init(prune: true, closedForm: false, lostWeight: 10))
    #expect(relativeError(loose.gradient.dropLast(), step.twin().gradient.dropLast()) > 1e-3)
  }

  @Test("gradients are the same bits on one and two threads")
  func threadsDoNotMatter() {
    let step = StepCase(dimension: 20, components: 30, samples: 211, draws: 4, std: 0.3)
    let dataset = step.dataset
    let results = [1, 2, 3].map { threads in
      let kernel = step.kernel(dataset, .pruned, workers: Workers(threads: threads))
      return (0..<5).map { index in
        let value = step.model(dataset).parameters.withUnsafeBufferPointer {
          kernel.evaluate(parameters: $0, key: RandomKey(seed: 3), step: index)
        }
        return [value.loss, value.squaredNorm] + Array(kernel.gradient)
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test("drawn times and noise are those of the named streams")
  func drawnNoiseIsFixedNoise() {
    let step = StepCase(dimension: 9, components: 5, samples: 12, draws: 3, std: 0.4)
    let (dataset, key) = (step.dataset, RandomKey(seed: 8))
    let kernel = step.kernel(dataset, .dense)
    let parameters = step.model(dataset).parameters
    let drawn = parameters.withUnsafeBufferPointer { kernel.evaluate(parameters: $0, key: key, step: 17) }.loss
    let fixed = StepKernel.Fixed(
      timeIndices: (0..<12).map { Int32(StepNoise.timeIndex(key: key, step: 17, sample: $0, times: 26)) },
      noise: (0..<12).flatMap { StepNoise.noise(key: key, step: 17, sample: $0, count: 27) })
    let again = parameters.withUnsafeBufferPointer {
      kernel.evaluate(parameters: $0, key: RandomKey(seed: 0), step: 0, fixed: fixed)
    }.loss
    #expect(drawn == again)
  }
}
