// SPDX-License-Identifier: MIT
internal import CKernels
public import Denoisers
public import Distributions
public import Kernels

/// Loss and gradient of one training step of the image model, over all samples.
///
/// A sample is a colour times one of K templates and noise, so a component needs of it only the projections of the
/// noise on its template: N C h w M multiplications where a mixture of means in C h w dimensions takes ten times as
/// many. Screening (`prune`) drops, draw by draw, the components whose posterior weight is below `lostWeight` / M; it
/// is the only thing done in Float. No noise is integrated in closed form: the temperature of the training decides
/// where image models begin to memorize. Samples are cut into ranges that depend on N and the draws alone, so the
/// numbers are the same on any number of threads. Twin: `ColoredTemplateLoss`.
public final class ColoredStepKernel: TrainingStep {
  /// What a kernel may leave out.
  public struct Options: Sendable, Hashable {
    /// Whether components of negligible posterior weight are dropped, draw by draw.
    public var prune: Bool
    /// Bound on the posterior weight of everything left out, per draw; smaller than that of `StepKernel`, because
    /// gradients amplify it more.
    public var lostWeight: Double

    /// `lostWeight` matters with `prune` alone.
    public init(prune: Bool, lostWeight: Double = 1e-8) {
      (self.prune, self.lostWeight) = (prune, lostWeight)
    }

    /// Every component for every draw.
    public static let dense = Options(prune: false)
    /// What weighs less than 1e-8 in all is dropped.
    public static let pruned = Options(prune: true)

    /// `auto` screens when there are more components than one vector of doubles holds; it never measures.
    public init(_ choice: KernelChoice, components: Int) {
      switch choice {
      case .dense: self = .dense
      case .pruned: self = .pruned
      case .auto: self.init(prune: components > 8)
      }
    }
  }

  /// What the kernel leaves out.
  public let options: Options
  /// M h w + M C + 1: templates, colour means, std.
  public let parameterCount: Int
  private let memory: ColoredStepMemory

  /// M components trained on `samples`, whose templates may be shared or not.
  public init(
    samples: ColoredSamples, components: Int, logDeterminant: LogDeterminant = .exact, draws: Int, table: TimeTable,
    options: Options, workers: Workers
  ) {
    precondition(samples.count > 0 && components > 0 && draws > 0, "\(samples.count) samples, M = \(components)")
    self.options = options
    parameterCount = components * (samples.pixelCount + samples.channelCount) + 1
    var shape = vb_colored_step()
    shape.pixels = Int64(samples.pixelCount)
    shape.channels = Int64(samples.channelCount)
    shape.component_count = Int64(components)
    shape.template_count = Int64(samples.templates.rows)
    shape.sample_count = Int64(samples.count)
    shape.draws = Int64(draws)
    shape.time_count = Int64(table.times.count)
    shape.determinants = logDeterminant.factor(channels: samples.channelCount)
    shape.prune = options.prune ? 1 : 0
    shape.lost_weight = options.lostWeight
    memory = ColoredStepMemory(
      samples: samples, table: table, shape: shape, parameterCount: parameterCount, workers: workers)
  }

  public func evaluate(
    parameters: UnsafeBufferPointer<Double>, key: RandomKey, step: Int, fixed: StepKernel.Fixed? = nil
  ) -> (loss: Double, squaredNorm: Double) {
    precondition(parameters.count == parameterCount, "\(parameters.count) parameters, not \(parameterCount)")
    return memory.evaluate(parameters: parameters, key: key, step: step, fixed: fixed)
  }

  /// Templates (M h w), colour means (M C), std.
  public var gradient: UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: memory.gradients, count: parameterCount)
  }

  /// `activeComponents`: components kept, summed over draws.
  public var counts: StepKernel.Counts { memory.totalCounts }
}
