// SPDX-License-Identifier: MIT
internal import CKernels

/// The matrix products of the dense training step alone: the share of the step to hold against the sgemm peak.
public enum StepProducts {
  /// The rate of the five products on one thread, in useful floating-point operations per second (10 M d per
  /// draw; padding to whole vectors is not counted): the median of `repeats`.
  public static func rate(dimension: Int, components: Int, draws: Int, samples: Int = 200, repeats: Int = 5) -> Double {
    var step = vb_training_step()
    step.dimension = Int64(dimension)
    step.component_count = Int64(components)
    step.draws = Int64(draws)
    let bytes = (Int(vb_training_workspace(&step)) + 63) / 64 * 64
    let workspace = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    defer { workspace.deallocate() }
    let clock = ContinuousClock()
    let rates = (0..<repeats).map { _ in
      var operations = 0.0
      let seconds = clock.measure { operations = vb_training_products(&step, Int64(samples), workspace) } / .seconds(1)
      return operations / seconds
    }
    return rates.sorted()[repeats / 2]
  }
}
