// SPDX-License-Identifier: MIT
internal import CKernels
public import Kernels

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
