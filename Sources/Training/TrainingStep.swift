// SPDX-License-Identifier: MIT
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
