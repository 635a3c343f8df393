// SPDX-License-Identifier: MIT
internal import CKernels
internal import Distributions
internal import Kernels

/// The buffers behind a `ColoredStepKernel`. Unchecked: range r of a step writes its own gradient, workspace, loss and
/// count only, and tables are written component by component before any range reads them.
final class ColoredStepMemory: @unchecked Sendable {
  let gradients: UnsafeMutablePointer<Double>
  private let stride: Int
  private let parameterCount: Int
  private let ranges: [Range<Int>]
  private let tables, workspaces: UnsafeMutableRawPointer
  private let workspaceBytes: Int
  private let losses: UnsafeMutablePointer<Double>
  private let counts: UnsafeMutablePointer<Int64>
  private let data: ColoredStepData
  private let shape: vb_colored_step
  private let workers: Workers

  init(
    samples: ColoredSamples, table: TimeTable, shape: vb_colored_step, parameterCount: Int, workers: Workers
  ) {
    data = ColoredStepData(samples: samples, table: table)
    (self.shape, self.parameterCount, self.workers) = (shape, parameterCount, workers)
    ranges = Self.ranges(samples: samples.count, draws: Int(shape.draws))
    stride = (parameterCount + 15) / 8 * 8
    let (tableBytes, rangeBytes) = withUnsafePointer(to: shape) {
      (Int(vb_colored_table_bytes($0)), Int(vb_colored_workspace_bytes($0)))
    }
    workspaceBytes = (rangeBytes + 127) / 64 * 64
    gradients = .allocate(capacity: stride * ranges.count)
    losses = .allocate(capacity: ranges.count)
    counts = .allocate(capacity: ranges.count)
    counts.initialize(repeating: 0, count: ranges.count)
    tables = .allocate(byteCount: max(tableBytes, 64), alignment: 64)
    workspaces = .allocate(byteCount: workspaceBytes * ranges.count, alignment: 64)
    data.withPointers(shape) { [tables] in
      var step = $0
      vb_colored_prepare(&step, tables)
    }
  }

  deinit {
    gradients.deallocate()
    losses.deallocate()
    counts.deallocate()
    tables.deallocate()
    workspaces.deallocate()
  }

  /// Ranges of about 50 draws, at most 32.
  private static func ranges(samples: Int, draws: Int) -> [Range<Int>] {
    let count = max(1, min(32, samples, samples * draws / 50))
    return (0..<count).map { samples * $0 / count..<samples * ($0 + 1) / count }
  }

  func evaluate(
    parameters: UnsafeBufferPointer<Double>, key: RandomKey, step: Int, fixed: StepKernel.Fixed?
  ) -> (loss: Double, squaredNorm: Double) {
    var call = shape
    call.templates = parameters.baseAddress
    call.color_means = parameters.baseAddress.map { $0 + Int(shape.component_count * shape.pixels) }
    call.std = parameters[parameters.count - 1]
    call.key = key.low
    call.step = UInt32(step)
    let ready = ColoredStepCall(step: call)
    workers.run(ranges.count) { [self] in fillTables(part: $0, ready) }
    workers.run(ranges.count) { [self] in evaluate(range: $0, ready, fixed: fixed) }
    let squaredNorm = vb_reduce_parts(gradients, Int64(parameterCount), Int64(ranges.count), Int64(stride))
    return ((0..<ranges.count).reduce(0) { $0 + losses[$1] }, squaredNorm)
  }

  /// The tables of one part of the components; as many parts as ranges.
  private func fillTables(part: Int, _ call: ColoredStepCall) {
    let (components, parts) = (Int(shape.component_count), ranges.count)
    data.withPointers(call.step) { [tables] in
      var step = $0
      vb_colored_tables(&step, Int64(components * part / parts), Int64(components * (part + 1) / parts), tables)
    }
  }

  private func evaluate(range index: Int, _ call: ColoredStepCall, fixed: StepKernel.Fixed?) {
    let gradient = gradients + index * stride
    gradient.update(repeating: 0, count: parameterCount)
    losses[index] = 0
    data.withPointers(call.step, fixed: fixed) { [self] in
      var step = $0
      vb_colored_range(
        &step, Int64(ranges[index].lowerBound), Int64(ranges[index].upperBound), tables,
        workspaces + index * workspaceBytes, gradient, losses + index, counts + index)
    }
  }

  var totalCounts: StepKernel.Counts {
    var total = StepKernel.Counts()
    total.activeComponents = (0..<ranges.count).reduce(0) { $0 + Int(counts[$1]) }
    return total
  }
}

/// What changes from step to step. Unchecked: the pointers are read by the ranges while the caller waits for them.
private struct ColoredStepCall: @unchecked Sendable {
  let step: vb_colored_step
}
