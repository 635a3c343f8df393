// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Testing
import Training

@Suite("The image model's step kernel and its double-precision twin")
struct ColoredStepKernelTests {
  /// Both are in double precision; what differs is the order of operations.
  @Test("dense equals the twin", arguments: ColoredStepCase.all)
  func denseEqualsTwin(_ step: ColoredStepCase) {
    let (fast, twin) = (step.fast(.dense), step.twin())
    #expect(abs(fast.loss / twin.loss - 1) < 1e-10, "loss \(fast.loss), twin \(twin.loss)")
    for (name, range) in step.parts {
      let error = relativeError(fast.gradient[range], twin.gradient[range])
      #expect(error < 1e-9, "gradient of the \(name): \(error)")
    }
  }

  /// What screening leaves out has posterior weight below 1e-8 in every draw; at t = 0.001 a gradient may amplify it
  /// by (|T| / rho)^2.
  @Test("screening changes nothing beyond its bound", arguments: ColoredStepCase.all)
  func screenedEqualsDense(_ step: ColoredStepCase) {
    let (fast, twin) = (step.fast(.pruned), step.twin())
    #expect(abs(fast.loss / twin.loss - 1) < 5e-6, "loss \(fast.loss), twin \(twin.loss)")
    for (name, range) in step.parts {
      let error = relativeError(fast.gradient[range], twin.gradient[range])
      #expect(error < 1e-5, "gradient of the \(name): \(error)")
    }
  }

  @Test("screening with a bound that is too loose is noticed")
  func looseScreeningIsNoticed() {
    let step = ColoredStepCase.all[4]
    let loose = step.fast(.init(prune: true, lostWeight: 20))
    #expect(relativeError(loose.gradient[step.parts[0].range], step.twin().gradient[step.parts[0].range]) > 1e-3)
  }

  @Test("screening keeps few components of a memorizing model")
  func keptComponents() {
    let step = ColoredStepCase.all[8]
    func share(_ options: ColoredStepKernel.Options) -> Double {
      let data = step.data
      let kernel = step.kernel(data, options)
      let noise = step.noise
      _ = step.model(data).parameters.withUnsafeBufferPointer {
        kernel.evaluate(
          parameters: $0, key: RandomKey(seed: 1), step: 0, fixed: .init(timeIndices: step.timeIndices, noise: noise))
      }
      return Double(kernel.counts.activeComponents) / Double(step.components * step.samples * step.draws)
    }
    #expect(share(.dense) == 1)
    #expect(share(.pruned) < 0.3)
  }

  @Test("gradients are the same bits on one, two and three threads")
  func threadsDoNotMatter() {
    let step = ColoredStepCase(pixels: 25, channels: 3, components: 30, samples: 211, draws: 1, std: 0.3)
    let data = step.data
    let results = [1, 2, 3].map { threads in
      let kernel = step.kernel(data, .pruned, workers: Workers(threads: threads))
      return (0..<5).map { index in
        let value = step.model(data).parameters.withUnsafeBufferPointer {
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
    let step = ColoredStepCase(pixels: 9, channels: 3, components: 5, samples: 20, draws: 3, std: 0.4)
    let (data, key) = (step.data, RandomKey(seed: 8))
    let kernel = step.kernel(data, .dense)
    let parameters = step.model(data).parameters
    let drawn = parameters.withUnsafeBufferPointer { kernel.evaluate(parameters: $0, key: key, step: 17) }.loss
    let fixed = StepKernel.Fixed(
      timeIndices: (0..<20).map { Int32(StepNoise.timeIndex(key: key, step: 17, sample: $0, times: 26)) },
      noise: (0..<20).flatMap { StepNoise.noise(key: key, step: 17, sample: $0, count: 81) })
    let again = parameters.withUnsafeBufferPointer {
      kernel.evaluate(parameters: $0, key: RandomKey(seed: 0), step: 0, fixed: fixed)
    }.loss
    #expect(drawn == again)
  }
}
