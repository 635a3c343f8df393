// SPDX-License-Identifier: MIT
internal import Diffusion
internal import Experiments

/// Roughly how long the methods that draw data take, in seconds of one processor; the others take 0.1 at most.
///
/// The constants are measured (d 30 to 10,000, N 10 to 450; Documentation/Performance.md has the machine) and good to a
/// factor of two.
struct PredictionCost {
  let configuration: Configuration
  let repeats: Int
  /// Capacities, and samples drawn at each.
  static let sampledCapacities = 24
  static let evaluationSamples = 1000

  private var d: Double { Double(configuration.data.dimension) }
  private var n: Double { Double(configuration.data.samples) }

  /// Products of samples and normals, k-means on the table of distances, nearest two of each draw.
  var hardEM: Double {
    let (draws, capacities) = (1000.0, min(n, 200))
    let tables = draws * d * (n + 20) + n * n * d
    return Double(repeats) * (tables + capacities * n * (2.5 * n + draws)) / 1.5e9
  }

  /// Two products with the means and their weights at each step, about M/N = 0.8, what is done to each number besides,
  /// the two nearest samples; and k-means, a few iterations over all pairs.
  var sampled: Double {
    let evaluation = configuration.evaluation
    let times = evaluation.samplingTimes ?? configuration.times
    let evaluations = Double(evaluation.sampler.evaluationsPerTime * times.count)
    let drawn = Double(Self.evaluationSamples) * (evaluations * (0.8 * n * (2 * d + 12) + 35 * d) + (n + 20) * (d + 4))
    let clusters = 2.4 * n * n * (d + 10)
    return Double(repeats * Self.sampledCapacities) * (drawn / 2.2e10 + clusters / 1e10)
  }
}
