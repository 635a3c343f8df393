// SPDX-License-Identifier: MIT
import LabTesting
import Testing
import Training

/// Ten updates of optax's clip -> adam(schedule) -> ema: the fused optimizer's parameters after each.
@Suite struct GoldenOptimizerTests {
  /// A schedule whose numbers are found by `number`.
  private func schedule(_ number: (String) throws -> Double) throws -> LearningRateSchedule {
    LearningRateSchedule(
      initial: try number("init_lr"), peak: try number("peak_lr"), final: try number("final_lr"),
      steps: Int(try number("num_steps")), warmUp: Int(try number("num_steps_warmup")),
      decay: Int(try number("num_steps_decay")))
  }

  @Test func `learning rates are the reference's`() throws {
    let cases = try Golden.cases("process").filter { $0.has("expected", "lr") }
    #expect(!cases.isEmpty)
    for item in cases {
      let schedule = try schedule { try item.number("inputs", $0) }
      let rates = try item.integers("inputs", "steps").map { schedule.value(at: $0) }
      let error = RelativeError.of(rates, try item.vector("expected", "lr"))
      #expect(error <= 1e-11, "\(item): error \(error)")
    }
  }

  private func settings(_ item: GoldenCase) throws -> TrainingSettings {
    var settings = TrainingSettings.paper()
    settings.beta1 = try item.number("inputs", "b1")
    settings.beta2 = try item.number("inputs", "b2")
    settings.epsilon = try item.number("inputs", "eps")
    settings.updateDecay = try item.number("inputs", "ema_decay")
    settings.clipNorm = try item.number("inputs", "clip")
    return settings
  }

  /// The leaves of a parameter tree in the order of its sorted keys.
  private func flat(_ value: GoldenValue) throws -> [Double] {
    guard case .object(let leaves) = value else { throw GoldenError("parameters are no object") }
    return try leaves.keys.sorted().flatMap { try #require(leaves[$0]?.numbers) }
  }

  private func list(_ value: GoldenValue) throws -> [GoldenValue] {
    guard case .list(let list) = value else { throw GoldenError("no list of parameters") }
    return list
  }

  @Test func `ten updates are the reference's`() throws {
    let cases = try Golden.cases("optimizer")
    for item in cases {
      var parameters = try flat(item.value("inputs", "params0"))
      let gradients = try list(item.value("inputs", "gradients")).map(flat)
      let expected = try list(item.value("expected", "params")).map(flat)
      #expect(gradients.count == 10 && expected.count == 10)
      var optimizer = Optimizer(
        count: parameters.count, settings: try settings(item),
        schedule: try schedule { try item.number("inputs", "schedule", $0) })
      for (step, gradient) in gradients.enumerated() {
        let squaredNorm = gradient.reduce(0) { $0 + $1 * $1 }
        parameters.withUnsafeMutableBufferPointer { parameters in
          gradient.withUnsafeBufferPointer { optimizer.update(parameters, along: $0, squaredNorm: squaredNorm) }
        }
        let error = RelativeError.of(parameters, expected[step])
        #expect(error <= 1e-11, "\(item) step \(step): error \(error)")
      }
    }
  }
}
