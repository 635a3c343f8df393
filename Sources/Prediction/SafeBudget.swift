// SPDX-License-Identifier: MIT
internal import Experiments
internal import HardEM
internal import Memorization

/// The capacity that is safe for given data, and the data that are safe for a given capacity: by hard EM, the memorization
/// ratio stays under a tenth.
///
/// Hard EM is run where it takes seconds, or always when so asked; else its formula answers, which starts a little
/// early (`Documentation/TheoryHardEM.md`).
public struct SafeBudget: Sendable {
  public let predictor: Predictor
  public let alwaysClusters: Bool

  public init(predictor: Predictor, alwaysClusters: Bool = false) {
    (self.predictor, self.alwaysClusters) = (predictor, alwaysClusters)
  }

  private static let level = 0.1

  /// The largest M up to which the predicted ratio stays under a tenth; 0 if none.
  public func components() -> Int {
    let samples = predictor.configuration.data.samples
    // One data set's table serves all M at once where there is one; else a few capacities tell.
    guard Predictor.isCheap(samples: samples, dimension: predictor.configuration.data.dimension) else {
      return largest(below: samples) { ratio(components: $0, samples: samples) < Self.level }
    }
    return predictor.hardEM(counts: HardEM.defaultCounts(samples)).points
      .prefix { $0.ratio.value < Self.level }.last?.components ?? 0
  }

  /// The smallest N, to one per cent, at which a model with M components is predicted to stay under a tenth.
  public func samples(components: Int) -> Int {
    func isSafe(_ samples: Int) -> Bool { ratio(components: components, samples: samples) < Self.level }
    var unsafe = components
    var safe = components + max(1, components / 4)
    while !isSafe(safe) { (unsafe, safe) = (safe, safe + max(1, safe / 4)) }
    while safe - unsafe > max(1, safe / 100) {
      let middle = (safe + unsafe) / 2
      if isSafe(middle) { safe = middle } else { unsafe = middle }
    }
    return safe
  }

  private func clusters(_ samples: Int) -> Bool {
    alwaysClusters || predictor.formula == nil
      || Predictor.isCheap(samples: samples, dimension: predictor.configuration.data.dimension)
  }

  private func ratio(components: Int, samples: Int) -> Double {
    var configuration = predictor.configuration
    configuration.data.samples = samples
    let predictor = Predictor(configuration, repeats: self.predictor.repeats, workers: self.predictor.workers)
    if !clusters(samples), let formula = predictor.formula {
      return formula.point(components: Double(components)).ratio
    }
    return predictor.hardEM(counts: [components]).points[0].ratio.value
  }

  /// The largest count in 0..<bound that passes, the passing ones being the first.
  private func largest(below bound: Int, _ passes: (Int) -> Bool) -> Int {
    var (low, high) = (0, bound)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if passes(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
