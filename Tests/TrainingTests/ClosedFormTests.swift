// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Testing
import Training

/// The closed form replaces sampling noise by its expectation: expected gradients must agree.
@Suite("One-hot posteriors in closed form")
struct ClosedFormTests {
  /// Mean and standard error, per parameter, of the gradient over many steps of the same parameters.
  private func gradients(
    _ options: StepKernel.Options, steps: Int, std: Double
  ) -> (mean: [Double], error: [Double], closed: Double) {
    let step = StepCase(dimension: 12, components: 15, samples: 30, draws: 8, std: std)
    let dataset = step.dataset
    let kernel = step.kernel(dataset, options)
    // One time for all samples and steps, so that the only randomness left is the noise.
    let indices = Array(repeating: Int32(20), count: 30)
    let parameters = step.model(dataset).parameters
    var sum = Array(repeating: 0.0, count: parameters.count)
    var squares = sum
    for index in 0..<steps {
      let noise = (0..<30).flatMap { StepNoise.noise(key: RandomKey(seed: 2), step: index, sample: $0, count: 96) }
      _ = parameters.withUnsafeBufferPointer {
        kernel.evaluate(
          parameters: $0, key: RandomKey(seed: 2), step: index, fixed: .init(timeIndices: indices, noise: noise))
      }
      for (i, g) in kernel.gradient.enumerated() {
        sum[i] += g
        squares[i] += g * g
      }
    }
    let n = Double(steps)
    let mean = sum.map { $0 / n }
    let error = zip(squares, mean).map { (max($0 / n - $1 * $1, 0) / n).squareRoot() }
    return (mean, error, Double(kernel.counts.closedSamples) / (n * 30))
  }

  /// 181 parameters at 5.5 standard errors each: false alarm below 1e-5, were the errors Gaussian.
  @Test("the expected gradient is that of the dense kernel", arguments: [0.02, 0.2])
  func expectedGradient(std: Double) {
    let dense = gradients(.dense, steps: 4000, std: std)
    let closed = gradients(.pruned, steps: 4000, std: std)
    #expect(dense.closed == 0)
    #expect(closed.closed > 0.3, "only \(closed.closed) of the samples took the closed form")
    let scale = dense.mean.map { abs($0) }.max()!
    for i in dense.mean.indices {
      let spread = (dense.error[i] * dense.error[i] + closed.error[i] * closed.error[i]).squareRoot()
      let difference = abs(dense.mean[i] - closed.mean[i])
      #expect(difference < 5.5 * spread + 2e-6 * scale, "parameter \(i): \(dense.mean[i]) and \(closed.mean[i])")
    }
  }

  /// With one component nothing is approximate: loss (sigma^2 D + alpha^2 s^2 d) alpha^2 / V^2, noise prediction.
  @Test("a single component gives the exact loss and slope")
  func singleComponent() {
    let step = StepCase(dimension: 4, components: 1, samples: 1, draws: 3, std: 0.7)
    let dataset = step.dataset
    let model = MixtureModel(means: Matrix([[0.3, -1, 2, 0.5]]), std: 0.7)
    let kernel = step.kernel(dataset, .pruned)
    let process = VariancePreserving()
    let t = step.table.times[9]
    func exact(_ std: Double) -> Double {
      let (a, g, s) = (process.alpha(t), process.sigma(t), std * std)
      let v = a * a * s + g * g
      let distance = zip(dataset.train.values, model.means.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return a * a * (g * g * distance + a * a * s * s * 4) / (v * v)
    }
    let fixed = StepKernel.Fixed(timeIndices: [9], noise: Array(repeating: 0, count: 12))
    let loss = model.parameters.withUnsafeBufferPointer {
      kernel.evaluate(parameters: $0, key: RandomKey(seed: 0), step: 0, fixed: fixed)
    }.loss
    #expect(abs(loss / exact(0.7) - 1) < 1e-14)
    let slope = (exact(0.7 + 1e-5) - exact(0.7 - 1e-5)) / 2e-5
    #expect(abs(kernel.gradient[4] / slope - 1) < 1e-8)
  }
}
