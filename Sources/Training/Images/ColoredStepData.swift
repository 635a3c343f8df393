// SPDX-License-Identifier: MIT
internal import CKernels
internal import Distributions
internal import Kernels

/// The data and the times of a `ColoredStepKernel`, as the C code wants to see them.
struct ColoredStepData: Sendable {
  private let base, colors: [Double]
  private let labels: [Int32]
  private let table: TimeTable

  init(samples: ColoredSamples, table: TimeTable) {
    (base, colors) = (samples.templates.values, samples.colors.values)
    labels = samples.labels.map { Int32($0) }
    self.table = table
  }

  /// Calls `body` with `step` and the pointers to everything here, which are valid inside it only.
  func withPointers(_ step: vb_colored_step, fixed: StepKernel.Fixed? = nil, _ body: (vb_colored_step) -> Void) {
    var step = step
    base.withUnsafeBufferPointer { base in
      colors.withUnsafeBufferPointer { colors in
        labels.withUnsafeBufferPointer { labels in
          (step.base, step.colors, step.labels) = (base.baseAddress, colors.baseAddress, labels.baseAddress)
          withTimes(step) { step in
            guard let fixed else { return body(step) }
            var step = step
            fixed.timeIndices.withUnsafeBufferPointer { times in
              fixed.noise.withUnsafeBufferPointer { noise in
                (step.fixed_times, step.fixed_noise) = (times.baseAddress, noise.baseAddress)
                body(step)
              }
            }
          }
        }
      }
    }
  }

  private func withTimes(_ step: vb_colored_step, _ body: (vb_colored_step) -> Void) {
    var step = step
    table.alpha.withUnsafeBufferPointer { alpha in
      table.sigma.withUnsafeBufferPointer { sigma in
        table.residualWeight.withUnsafeBufferPointer { weight in
          (step.alpha, step.sigma, step.weight) = (alpha.baseAddress, sigma.baseAddress, weight.baseAddress)
          body(step)
        }
      }
    }
  }
}
