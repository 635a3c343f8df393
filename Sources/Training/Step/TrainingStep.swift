// SPDX-License-Identifier: MIT
internal import CKernels
public import Kernels

/// Loss and gradient of one training step of some model: all that `Trainer` asks of a kernel.
///
/// A reference type: it owns the gradient and the workspaces, which every step reuses.
public protocol TrainingStep: AnyObject {
  /// The length of parameters and gradient.
  var parameterCount: Int { get }

  /// The mean loss at `parameters` and the squared norm of its gradient, which is left in `gradient`.
  ///
  /// Time and noise of sample i at a step depend on the key, the step and i alone (`StepNoise`); `fixed` replaces them.
  func evaluate(
    parameters: UnsafeBufferPointer<Double>, key: RandomKey, step: Int, fixed: StepKernel.Fixed?
  ) -> (loss: Double, squaredNorm: Double)

  /// The gradient of the last evaluation.
  var gradient: UnsafeMutableBufferPointer<Double> { get }

  /// What the steps so far have cost.
  var counts: StepKernel.Counts { get }
}

/// The random numbers a training step draws, one sample at a time: what `StepKernel` uses inside.
public enum StepNoise {
  /// The index into the time grid drawn for a sample at a step, uniform over the grid.
  public static func timeIndex(key: RandomKey, step: Int, sample: Int, times: Int) -> Int {
    Int(vb_training_time_index(key.low, UInt32(step), UInt32(sample), Int64(times)))
  }

  /// The first `count` normals drawn for a sample at a step: (draws, d), row-major.
  public static func noise(key: RandomKey, step: Int, sample: Int, count: Int) -> [Float] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      vb_training_noise(key.low, UInt32(step), UInt32(sample), buffer.baseAddress, Int64(count))
      initialized = count
    }
  }
}
