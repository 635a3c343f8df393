// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Training

extension RunSettings {
  /// Estimated seconds on one thread: operations of the step and of the measurement at a rate that the kernels reach on
  /// two-year-old processors. Good to a factor of two or three.
  public var estimatedSeconds: (training: Double, measurement: Double) {
    let m = Double(capacity)
    let (n, d) = (Double(configuration.data.samples), Double(configuration.data.dimension))
    let draws = Double(configuration.training.draws)
    // Distances, noise and bookkeeping per sample; then the products of the draws, most of them pruned.
    let step = n * m * d * 0.4e-9 + n * draws * d * 1.5e-9 + n * draws * m * d * 10 * 2.5e-12 + 5e-6
    let calls =
      Double((configuration.evaluation.samplingTimes ?? configuration.times).count)
      * Double(max(1, configuration.evaluation.sampler.evaluationsPerTime))
    let losses = Double(configuration.times.count) * 2000 * (configuration.evaluation.losses ? 5 : 1)
    let points = Double(configuration.evaluation.samples) * calls + losses
    return (Double(configuration.training.steps) * step, points * m * d * 0.3e-9)
  }
}
