// SPDX-License-Identifier: MIT
import Kernels
import Testing
import Training

@Suite("The fused optimizer and its parts")
struct OptimizerTests {
  /// Clip, Adam, average of updates, add: one after the other.
  private func reference(_ start: [Double], _ gradients: [[Double]], _ settings: TrainingSettings) -> [Double] {
    var parameters = start
    var adam = Adam(count: start.count, beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon)
    var momentum = UpdateMomentum(count: start.count, decay: settings.updateDecay)
    let clipping = GradientClipping(limit: settings.clipNorm)
    for (step, gradient) in gradients.enumerated() {
      let scale = clipping.scale(squaredNorm: gradient.reduce(0) { $0 + $1 * $1 })
      let update = adam.update(along: gradient.map { $0 * scale }, rate: settings.schedule.value(at: step))
      for (i, u) in momentum.smoothed(update).enumerated() { parameters[i] += u }
    }
    return parameters
  }

  @Test("40 fused steps equal the parts within rounding", arguments: [1, 7, 8, 45, 331])
  func fusedEqualsParts(count: Int) throws {
    var settings = try TrainingSettings.quick()
    settings.clipNorm = 20
    let start = RandomKey(seed: 1).child("start").normals(count)
    let gradients = (0..<40).map { step in
      RandomKey(seed: 1).child("gradient").child(step).normals(count).map { $0 * (step == 3 ? 1e9 : 1) }
    }
    var parameters = start
    var optimizer = Optimizer(count: count, settings: settings)
    for gradient in gradients {
      let squaredNorm = gradient.reduce(0) { $0 + $1 * $1 }
      parameters.withUnsafeMutableBufferPointer { parameters in
        gradient.withUnsafeBufferPointer { optimizer.update(parameters, along: $0, squaredNorm: squaredNorm) }
      }
    }
    let expected = reference(start, gradients, settings)
    #expect(zip(parameters, expected).allSatisfy { abs($0 - $1) <= 1e-15 * max(abs($1), 1) })
    #expect(parameters != start)
    #expect(optimizer.clippedSteps >= 1)
  }

  @Test("clipping leaves a small gradient alone and cuts a large one to the limit")
  func clipping() {
    #expect(GradientClipping(limit: 5).scale(squaredNorm: 24.9) == 1)
    #expect(GradientClipping(limit: 5).scale(squaredNorm: 100) == 0.5)
  }
}
