// SPDX-License-Identifier: MIT
internal import Memorization

/// Names the capacities M that a curve needs next, given those that are measured: a pure function, so that a study
/// that was interrupted, or is done by many processes, asks for the same ones.
public enum CapacityPolicy: Sendable, Hashable {
  /// A grid, then at most `refinement` capacities around the transition that the grid shows; N is `samples`.
  case grid([Int], refinement: Int, samples: Int)
  /// Brackets of the crossings that narrow from round to round.
  case search(TransitionSearch)

  /// A measured capacity; the ratio of a training that diverged is NaN: it locates nothing and is not tried again.
  public typealias Point = (capacity: Int, ratio: Double)

  /// Capacities that are not measured, ascending; none when the curve is done.
  public func next(_ measured: [Point]) -> [Int] {
    let known = Set(measured.map(\.capacity))
    switch self {
    case .grid(let grid, let refinement, let samples):
      let open = grid.filter { !known.contains($0) }
      guard open.isEmpty else { return Set(open).sorted() }
      // The grid alone decides, so that a resumed study refines at the same capacities.
      let curve = measured.filter { grid.contains($0.capacity) }
      return Sweep.refinement(curve: curve, samples: samples, count: refinement).filter { !known.contains($0) }
    case .search(let search):
      let next = measured.isEmpty ? search.start : search.next(measured.filter { !$0.ratio.isNaN })
      return next.filter { !known.contains($0) }
    }
  }
}

/// One curve to measure: everything but the capacity, and how capacities are chosen.
public struct CapacityCurve: Sendable, Hashable {
  /// What is trained and measured at every capacity.
  public let configuration: Configuration
  /// Which capacities are measured.
  public let policy: CapacityPolicy

  /// One curve; nothing is run.
  public init(_ configuration: Configuration, _ policy: CapacityPolicy) {
    (self.configuration, self.policy) = (configuration, policy)
  }
}

extension Study {
  /// The curves of the study: each configuration's grid and its refinement.
  public var curves: [CapacityCurve] {
    zip(configurations, componentCounts).map { configuration, counts in
      CapacityCurve(
        configuration,
        .grid(
          counts, refinement: refinement,
          // Where no ratio is above 0.9 the transition is looked for up to N, on other axes up to the largest of the grid.
          samples: configuration.capacityAxis == .components ? configuration.data.samples : counts.max() ?? 1))
    }
  }
}
