// SPDX-License-Identifier: MIT
internal import CKernels
internal import Foundation
public import Kernels

/// Loss and gradient of one training step, over all samples: the kernel on which the program's time goes.
///
/// The samples are cut into ranges that depend on N and the draws alone; each range writes its own part of the
/// gradient and the parts are added in order, so the numbers are the same on any number of threads.
///
/// Kernels (`Options`): dense computes every component for every draw. `prune` drops, per block of draws, the
/// components whose posterior weight is below `lostWeight` / M in every draw of the block. `closedForm`
/// integrates the noise exactly for samples of which one component alone can carry weight: the expected weight
/// of the others is bounded by `lostWeight`. Twin: `DenoisingLoss`.
///
/// A reference type because it owns the workspaces, which are reused by every step.
public final class StepKernel: TrainingStep {
  /// What a kernel may leave out.
  public struct Options: Sendable, Hashable {
    /// Whether components of negligible posterior weight are dropped, block by block of draws.
    public var prune: Bool
    /// Whether the noise of samples with a one-hot posterior is integrated exactly.
    public var closedForm: Bool
    /// Bound on the (expected) posterior weight of everything left out, per draw.
    public var lostWeight: Double

    /// `lostWeight` bounds both.
    public init(prune: Bool, closedForm: Bool, lostWeight: Double = 1e-6) {
      (self.prune, self.closedForm, self.lostWeight) = (prune, closedForm, lostWeight)
    }

    /// Every component for every draw.
    public static let dense = Options(prune: false, closedForm: false)
    /// Both, with a lost weight of 1e-6.
    public static let pruned = Options(prune: true, closedForm: true)

    /// `auto` screens when there are more components than fit one vector; it never measures.
    public init(_ choice: KernelChoice, components: Int) {
      switch choice {
      case .dense: self = .dense
      case .pruned: self = .pruned
      case .auto: self = Options(prune: components > 16, closedForm: true)
      }
    }
  }

  /// What the steps so far have cost.
  public struct Counts: Sendable, Hashable {
    /// Samples integrated in closed form.
    public var closedSamples = 0
    /// Components kept, summed over the other samples.
    public var activeComponents = 0

    /// No step yet.
    public init() {}
  }

  /// Inputs that replace the drawn times and noise: golden values and twins.
  public struct Fixed: Sendable {
    /// (n) indices into the time table.
    public var timeIndices: [Int32]
    /// (n draws, d), sample-major.
    public var noise: [Float]

    /// One time for each sample and one row of noise for each draw.
    public init(timeIndices: [Int32], noise: [Float]) {
      (self.timeIndices, self.noise) = (timeIndices, noise)
    }
  }

  /// What the kernel leaves out.
  public let options: Options
  /// M d + 1: means, std.
  public let parameterCount: Int
  private let memory: StepMemory

  /// Shapes: samples (N, d), M components; `priors` (M) up to a common factor, nil for equal ones.
  public init(
    samples: Matrix, components: Int, priors: [Double]? = nil, draws: Int, table: TimeTable, options: Options,
    workers: Workers
  ) {
    precondition(priors.map { $0.count == components } ?? true, "\(priors?.count ?? 0) priors, M = \(components)")
    self.options = options
    parameterCount = components * samples.columns + 1
    memory = StepMemory(
      samples: samples, components: components, priors: priors, draws: draws, table: table, options: options,
      workers: workers)
  }

  /// The mean loss at `parameters` and its gradient, written to `gradient`; returns loss and squared gradient norm.
  ///
  /// Time and noise of sample i at a step depend on the key, the step and i alone.
  public func evaluate(
    parameters: UnsafeBufferPointer<Double>, key: RandomKey, step: Int, fixed: Fixed? = nil
  ) -> (loss: Double, squaredNorm: Double) {
    precondition(parameters.count == parameterCount, "\(parameters.count) parameters, not \(parameterCount)")
    return memory.evaluate(parameters: parameters, key: key, step: step, fixed: fixed)
  }

  /// The gradient of the last evaluation: M d values for the means, then std.
  public var gradient: UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: memory.gradients, count: parameterCount)
  }

  /// Of all steps of this kernel so far.
  public var counts: Counts { memory.totalCounts() }
}

/// The buffers behind a kernel. Unchecked: range r of a step writes its own gradient, workspace, loss and counts only.
private final class StepMemory: @unchecked Sendable {
  let gradients: UnsafeMutablePointer<Double>
  private let stride: Int
  private let parameterCount: Int
  private let ranges: [Range<Int>]
  private let workspaces: UnsafeMutableRawPointer
  private let workspaceBytes: Int
  private let losses: UnsafeMutablePointer<Double>
  private let counts: UnsafeMutablePointer<vb_training_counts>
  private let samples: [Double]
  private let logPriors: UnsafeMutablePointer<Double>?
  private let table: TimeTable
  private let shape: vb_training_step
  private let workers: Workers

  init(
    samples: Matrix, components: Int, priors: [Double]?, draws: Int, table: TimeTable, options: StepKernel.Options,
    workers: Workers
  ) {
    self.samples = samples.values
    logPriors = priors.map { priors in
      let pointer = UnsafeMutablePointer<Double>.allocate(capacity: components)
      for (index, prior) in priors.enumerated() { (pointer + index).initialize(to: log(prior)) }
      return pointer
    }
    self.table = table
    self.workers = workers
    var shape = vb_training_step()
    shape.dimension = Int64(samples.columns)
    shape.component_count = Int64(components)
    shape.sample_count = Int64(samples.rows)
    shape.draws = Int64(draws)
    shape.time_count = Int64(table.times.count)
    shape.prune = options.prune ? 1 : 0
    shape.closed_form = options.closedForm ? 1 : 0
    shape.lost_weight = options.lostWeight
    shape.log_priors = logPriors.map { UnsafePointer($0) }
    self.shape = shape
    ranges = Self.ranges(samples: samples.rows, draws: draws)
    parameterCount = components * samples.columns + 1
    stride = (parameterCount + 15) / 8 * 8
    workspaceBytes = (withUnsafePointer(to: shape) { Int(vb_training_workspace($0)) } + 127) / 64 * 64
    gradients = .allocate(capacity: stride * ranges.count)
    losses = .allocate(capacity: ranges.count)
    counts = .allocate(capacity: ranges.count)
    counts.initialize(repeating: vb_training_counts(), count: ranges.count)
    workspaces = .allocate(byteCount: workspaceBytes * ranges.count, alignment: 64)
  }

  deinit {
    logPriors?.deallocate()
    gradients.deallocate()
    losses.deallocate()
    counts.deallocate()
    workspaces.deallocate()
  }

  /// Ranges of about 50 samples (10 when a sample is much work), at most 32.
  private static func ranges(samples: Int, draws: Int) -> [Range<Int>] {
    let count = max(1, min(32, samples / (draws >= 32 ? 10 : 50)))
    return (0..<count).map { samples * $0 / count..<samples * ($0 + 1) / count }
  }

  func evaluate(
    parameters: UnsafeBufferPointer<Double>, key: RandomKey, step: Int, fixed: StepKernel.Fixed?
  ) -> (loss: Double, squaredNorm: Double) {
    let call = StepCall(means: parameters.baseAddress, std: parameters[parameters.count - 1], key: key.low, step: step)
    workers.run(ranges.count) { [self] in evaluate(range: $0, call: call, fixed: fixed) }
    let squaredNorm = vb_reduce_parts(gradients, Int64(parameterCount), Int64(ranges.count), Int64(stride))
    return ((0..<ranges.count).reduce(0) { $0 + losses[$1] }, squaredNorm)
  }

  private func evaluate(range index: Int, call: StepCall, fixed: StepKernel.Fixed?) {
    let gradient = gradients + index * stride
    gradient.update(repeating: 0, count: parameterCount)
    losses[index] = 0
    withPointers(fixed) { times, noise in
      var step = shape
      step.std = call.std
      step.means = call.means
      step.key = call.key
      step.step = UInt32(call.step)
      step.fixed_times = times
      step.fixed_noise = noise
      table.alpha.withUnsafeBufferPointer { alpha in
        table.sigma.withUnsafeBufferPointer { sigma in
          table.residualWeight.withUnsafeBufferPointer { weight in
            (step.alpha, step.sigma, step.weight) = (alpha.baseAddress, sigma.baseAddress, weight.baseAddress)
            samples.withUnsafeBufferPointer { samples in
              step.samples = samples.baseAddress
              vb_training_range(
                &step, Int64(ranges[index].lowerBound), Int64(ranges[index].upperBound),
                workspaces + index * workspaceBytes, gradient, losses + index, counts + index)
            }
          }
        }
      }
    }
  }

  private func withPointers(
    _ fixed: StepKernel.Fixed?, _ body: (UnsafePointer<Int32>?, UnsafePointer<Float>?) -> Void
  ) {
    guard let fixed else { return body(nil, nil) }
    fixed.timeIndices.withUnsafeBufferPointer { times in
      fixed.noise.withUnsafeBufferPointer { body(times.baseAddress, $0.baseAddress) }
    }
  }

  func totalCounts() -> StepKernel.Counts {
    (0..<ranges.count).reduce(into: StepKernel.Counts()) {
      $0.closedSamples += Int(counts[$1].closed_samples)
      $0.activeComponents += Int(counts[$1].active_components)
    }
  }
}

/// What changes from step to step. Unchecked: the pointer is read by the ranges while the caller waits for them.
private struct StepCall: @unchecked Sendable {
  let means: UnsafePointer<Double>?
  let std: Double
  let key: UInt64
  let step: Int
}
