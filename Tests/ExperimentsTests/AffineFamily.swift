// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Experiments
import Kernels
import Memorization
import Training

/// x0_hat = b + c g (x_t - alpha b), with c = alpha / (alpha^2 + sigma^2) and g zero but for its first r coordinates:
/// the smallest family that is no mixture. Its capacity is P = d + r, its parameters.
struct AffineModel: LaboratoryModel, Equatable {
  /// b, (d).
  var shift: [Double]
  /// The first r values of g.
  var gains: [Double]

  var dimension: Int { shift.count }

  var parameters: [Double] {
    get { shift + gains }
    set { (shift, gains) = (Array(newValue.prefix(shift.count)), Array(newValue.suffix(gains.count))) }
  }

  func posterior(_ noised: Matrix, process: any DiffusionProcess, at t: Double) -> Posterior {
    let (alpha, sigma) = (process.alpha(t), process.sigma(t))
    var clean = noised
    for row in 0..<noised.rows {
      for j in 0..<dimension {
        let gain = j < gains.count ? gains[j] : 0
        clean[row, j] = shift[j] + gain * alpha / (alpha * alpha + sigma * sigma) * (noised[row, j] - alpha * shift[j])
      }
    }
    return Posterior(clean: clean, noise: Matrix(1 / sigma * noised - alpha / sigma * clean))
  }
}

/// Loss of noise prediction, lambda psi |x0_hat - x0|^2, one draw per sample.
final class AffineStep: TrainingStep {
  private let samples: Matrix
  private let table: TimeTable
  private let memory: UnsafeMutableBufferPointer<Double>
  let parameterCount: Int
  let counts = StepKernel.Counts()
  var gradient: UnsafeMutableBufferPointer<Double> { memory }

  init(samples: Matrix, gains: Int, table: TimeTable) {
    (self.samples, self.table) = (samples, table)
    parameterCount = samples.columns + gains
    memory = .allocate(capacity: parameterCount)
  }

  deinit { memory.deallocate() }

  func evaluate(
    parameters: UnsafeBufferPointer<Double>, key: RandomKey, step: Int, fixed: StepKernel.Fixed?
  ) -> (loss: Double, squaredNorm: Double) {
    memory.update(repeating: 0)
    let d = samples.columns
    var loss = 0.0
    for i in 0..<samples.rows {
      let index = StepNoise.timeIndex(key: key, step: step, sample: i, times: table.times.count)
      let noise = StepNoise.noise(key: key, step: step, sample: i, count: d)
      let (alpha, sigma) = (table.alpha[index], table.sigma[index])
      let weight = table.lambda[index] * alpha * alpha / (sigma * sigma) / Double(samples.rows)
      for j in 0..<d {
        let noised = alpha * samples[i, j] + sigma * Double(noise[j])
        let centred = alpha / (alpha * alpha + sigma * sigma) * (noised - alpha * parameters[j])
        let gain = d + j < parameterCount ? parameters[d + j] : 0
        let error = parameters[j] + gain * centred - samples[i, j]
        loss += weight * error * error
        memory[j] += 2 * weight * error * (1 - gain * alpha * alpha / (alpha * alpha + sigma * sigma))
        if d + j < parameterCount { memory[d + j] += 2 * weight * error * centred }
      }
    }
    return (loss, memory.reduce(0) { $0 + $1 * $1 })
  }
}

struct AffineFamily: ModelFamily {
  let name = "affine"
  let capacityAxis = CapacityAxis.parameters

  func start(_ settings: ModelSettings, on laboratory: any Laboratory, key: RandomKey) throws -> AffineModel {
    let d = settings.data.dimension
    guard (d...2 * d).contains(settings.capacity) else {
      throw ModelFamilyError("parameters: \(settings.capacity); allowed: \(d) to \(2 * d)")
    }
    return AffineModel(
      shift: Array(repeating: 0, count: d),
      gains: Array(repeating: 0.5, count: settings.capacity - d))
  }

  func train(
    _ start: AffineModel, by trainer: Trainer, on laboratory: any Laboratory, key: RandomKey, workers: Workers,
    progress: (Int) -> Bool
  ) throws -> TrainingResult<AffineModel> {
    let step = AffineStep(samples: laboratory.train, gains: start.gains.count, table: trainer.table)
    return try trainer.train(start, by: step, key: key, progress: progress)
  }

  func tensors(of model: AffineModel) -> [String: ModelTensors.Tensor] {
    [
      "shift": .init(shape: [model.shift.count], values: model.shift),
      "gains": .init(shape: [model.gains.count], values: model.gains),
    ]
  }

  func model(_ settings: ModelSettings, from tensors: ModelTensors) throws(ModelTensors.Problem) -> AffineModel {
    AffineModel(
      shift: try tensors.vector("shift", count: settings.data.dimension),
      gains: try tensors.vector("gains", count: settings.capacity - settings.data.dimension))
  }
}
