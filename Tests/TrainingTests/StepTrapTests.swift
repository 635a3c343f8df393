// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Distributions
import Kernels
import Testing
import Training

/// The first numerical trap of small std and small t, in the single-precision kernel itself: at std = 1e-3 and
/// t = 0.001 logits reach 1e7, and a kernel that forms them as 2 <x, m> - |m|^2 loses the gradient.
@Suite("The step kernel where logits reach ten million")
struct StepTrapTests {
  private let dataset = Dataset.isotropic(
    dimension: 30, trueComponents: 3, trainingCount: 50, heldOutCount: 0, key: RandomKey(seed: 4))

  /// Forty memorized samples, ten left out; sample 0 lies between two means that both matter.
  private var model: MixtureModel {
    var means = dataset.train.gathering(0..<40)
    for k in 0..<30 { means[39, k] = dataset.train[0, k] + 2e-4 * (k % 2 == 0 ? 1 : -1) }
    return MixtureModel(means: means, std: 1e-3)
  }

  private func evaluate(_ options: StepKernel.Options) -> (fast: DenoisingLoss.Value, twin: DenoisingLoss.Value) {
    let table = TimeTable(grid: .paper, process: VariancePreserving(), prediction: .noise, weight: .unit)
    let noise = RandomKey(seed: 9).normals(50 * 4 * 30).map { Float($0) }
    let kernel = StepKernel(
      samples: dataset.train, components: 40, draws: 4, table: table, options: options, workers: .serial)
    let fixed = StepKernel.Fixed(timeIndices: Array(repeating: 25, count: 50), noise: noise)
    let loss = model.parameters.withUnsafeBufferPointer {
      kernel.evaluate(parameters: $0, key: RandomKey(seed: 1), step: 0, fixed: fixed).loss
    }
    let twin = DenoisingLoss(process: VariancePreserving(), prediction: .noise).evaluate(
      model, clean: dataset.train, times: Array(repeating: table.times[25], count: 50),
      lambdas: Array(repeating: 1, count: 50),
      noise: Matrix(rows: 200, columns: 30, values: noise.map { Double($0) }))
    return (.init(loss: loss, gradient: Array(kernel.gradient)), twin)
  }

  @Test("loss and gradients keep their digits", arguments: [false, true])
  func keepsDigits(prune: Bool) {
    let (fast, twin) = evaluate(.init(prune: prune, closedForm: false))
    #expect(abs(fast.loss / twin.loss - 1) < 1e-6)
    #expect(relativeError(fast.gradient.dropLast(), twin.gradient.dropLast()) < 1e-5)
    #expect(abs(fast.gradient[1200] / twin.gradient[1200] - 1) < 1e-6, "std")
    // The two contested means are 1e5 times weaker than the left-out samples' pulls: looked at by themselves.
    for row in [0, 39] {
      let range = row * 30..<(row + 1) * 30
      #expect(relativeError(fast.gradient[range], twin.gradient[range]) < 2e-3, "mean \(row)")
    }
  }

  /// What the trap does: the same logits through 2 <x, m> - |m|^2 in single precision differ by more than 1.
  @Test("expanded squares in single precision are wrong by whole units here")
  func theTrap() {
    let v = Float(1e-6 + 1e-6)
    let x = dataset.train.row(0).map { Float($0) }
    func expanded(_ row: Int) -> Float {
      let m = model.means.row(row).map { Float($0) }
      return (2 * zip(x, m).reduce(0) { $0 + $1.0 * $1.1 } - m.reduce(0) { $0 + $1 * $1 }) / (2 * v)
    }
    func direct(_ row: Int) -> Double {
      -zip(dataset.train.row(0), model.means.row(row)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 4e-6
    }
    let errors = (1..<40).map { abs(Double(expanded(0) - expanded($0)) - (direct(0) - direct($0))) }
    #expect(errors.max()! > 1, "errors \(errors)")
  }
}
