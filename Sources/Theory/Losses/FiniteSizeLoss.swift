// SPDX-License-Identifier: MIT
public import Diffusion
internal import Foundation
public import Kernels

/// Expected clean-space training losses at finite N of the denoisers that the paper compares, by quadrature.
///
/// Data: N samples of K equal-weight clusters of variance s around means on the sphere of radius sqrt(d). Within a
/// cluster the expectation over samples, noise and the choice of the M memorized samples is exact (`WarmColumn`, and
/// `FrozenColumn` where the noise is small). Approximate are two things:
/// * the posterior is kept to the sample's own cluster: what large noise adds to all three losses alike cancels in
///   their differences and is missing in each of them (t above 0.85 for unit variance);
/// * neighbours in other clusters are added through their effect on the nearest squared distance (`NearestDistance`),
///   damped by (left-out loss - generalizing loss) / (nearest squared distance), both within the cluster.
/// The quadratures are good to 1e-5 relative (5e-5 for d = 6; worse below d = 5, where densities are not smooth at 0).
/// Derivation and measured errors: Documentation/Theory.md.
public struct FiniteSizeLoss: Sendable {
  /// Losses at each time.
  public struct Values: Sendable {
    /// A left-out sample under the partially memorizing denoiser.
    public let leftOut: [Double]
    /// A memorized sample under it.
    public let memorized: [Double]
    /// The training loss of the partially memorizing denoiser, (1 - M/N) leftOut + (M/N) memorized.
    public let partial: [Double]
  }

  /// The times of the losses, as given.
  public let times: [Double]
  /// (18): the loss of the generalizing denoiser with its cluster known.
  public let generalizing: [Double]
  private let samples: Double
  private let components: Double
  private let variance: Double
  private let distance: NearestDistance
  /// False: clusters so far apart, or of such shapes, that no neighbour in another one counts.
  private let seesOtherClusters: Bool
  /// [time][node of b], and the weights of b.
  private let columns: [[Column]]
  private let weights: [Double]

  private enum Column: Sendable {
    case warm(WarmColumn)
    case frozen(FrozenColumn)

    func losses(_ m: Double, occupied: Double) -> (leftOut: Double, memorized: Double) {
      switch self {
      case .warm(let column): column.losses(m, occupied: occupied)
      case .frozen(let column): column.losses(m, occupied: occupied)
      }
    }
  }

  /// Prepares the losses for every M in `counts` (default: 1 to N); d >= 1, K >= 1, N >= 1. 20 to 100 ms on one thread.
  public init(
    dimension: Int, trueComponents: Int, samples: Int, variance: Double, process: any DiffusionProcess,
    times: [Double], counts: ClosedRange<Int>? = nil, seesOtherClusters: Bool = true, workers: Workers = .serial
  ) {
    let counts = counts ?? 1...samples
    precondition(counts.lowerBound >= 1 && counts.upperBound <= samples, "\(counts) of \(samples) samples")
    (self.times, self.samples, self.variance) = (times, Double(samples), variance)
    components = Double(trueComponents)
    self.seesOtherClusters = seesOtherClusters
    distance = NearestDistance(
      dimension: dimension, trueComponents: trueComponents, variance: variance, largestCount: samples)
    let closed = ExcessLoss(dimension: dimension, variance: variance)
    generalizing = times.map { closed.generalizing(process: process, at: $0) }
    let radii = GaussQuadrature.chiSquared(Double(dimension), count: 6)
    weights = radii.weights
    columns = workers.map(times.count) { index in
      let signal = process.signalToNoise(times[index]) * variance
      return radii.nodes.map { node in
        Self.column(
          PointState(dimension: Double(dimension), squaredDistance: node * (1 + 1 / signal), signal: signal),
          signal: signal, share: 1 / Double(trueComponents), counts: counts)
      }
    }
  }

  /// Energies beyond this many steps: the frozen limit is accurate there.
  private static let warmNodes = 1500

  private static func column(
    _ state: PointState, signal: Double, share: Double, counts: ClosedRange<Int>
  ) -> Column {
    if WarmColumn.size(state, signal: signal) <= warmNodes {
      return .warm(WarmColumn(state, signal: signal, share: share, counts: counts))
    }
    let grid = LogGrid.nearest(state.squaredDistance, count: Double(counts.upperBound))
    return .frozen(FrozenColumn(state, signal: signal, share: share, grid: grid))
  }

  /// The losses with M of the N samples memorized, M real and in the prepared range.
  public func values(_ m: Double) -> Values {
    let occupied = components > 1 ? -expm1(m * log1p(-1 / components)) : 1
    let within = distance.expectedWithinCluster(m)
    let across = seesOtherClusters ? distance.expected(m) - within : 0
    var (leftOut, memorized): ([Double], [Double]) = ([], [])
    for (column, generalizing) in zip(columns, generalizing) {
      var (left, self_) = (0.0, 0.0)
      for (one, weight) in zip(column, weights) {
        let losses = one.losses(m, occupied: occupied)
        left += weight * losses.leftOut * variance
        self_ += weight * losses.memorized * variance
      }
      leftOut.append(left + across * max(0, left - generalizing) / within)
      memorized.append(self_)
    }
    let share = m / samples
    return Values(
      leftOut: leftOut, memorized: memorized,
      partial: zip(leftOut, memorized).map { (1 - share) * $0 + share * $1 })
  }

  /// The M/N at which the weighted partially memorizing and generalizing losses are equal; nil without a crossing
  /// in the prepared range. Weights: one per time, of the clean-space loss.
  public func crossing(weights: [Double], counts: ClosedRange<Int>) -> Double? {
    precondition(weights.count == times.count, "\(weights.count) weights for \(times.count) times")
    return Self.crossing(of: [self], weights: weights, counts: counts)
  }

  /// The same for the sum over several laws of equal share, such as templates of different size.
  public static func crossing(of laws: [FiniteSizeLoss], weights: [Double], counts: ClosedRange<Int>) -> Double? {
    func excess(_ m: Double) -> Double {
      laws.reduce(0) { sum, law in
        let partial = law.values(m).partial
        return law.times.indices.reduce(sum) { $0 + weights[$1] * (partial[$1] - law.generalizing[$1]) }
      }
    }
    return Bracket.root(Double(counts.lowerBound), Double(counts.upperBound), tolerance: 1e-4, excess)
      .map { $0 / (laws.first?.samples ?? 1) }
  }
}
