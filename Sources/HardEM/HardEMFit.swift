// SPDX-License-Identifier: MIT
public import Denoisers
public import Kernels

/// The k-means solution with one shared variance.
public struct HardEMFit: Sendable, Equatable {
  /// (M, d). A component that lost all its samples stays where it was last.
  public let means: Matrix
  /// sqrt(mean squared residual / d).
  public let std: Double
  /// The component of each sample.
  public let assignments: [Int]
  /// Share of components that hold exactly one sample.
  public let singletonShare: Double
  /// Components without samples; none in high dimension, but possible (`TheoryHardEM.md` has an example).
  public let emptyComponents: Int
  /// Times the means moved, the first included.
  public let iterations: Int
  /// The sum of squared residuals each time the means had moved: it never rises.
  public let objectives: [Double]
  /// Whether the last assignment changed nothing. False only where rounding makes assignments cycle.
  public let converged: Bool

  /// The trained model that this predicts.
  public var model: MixtureModel { MixtureModel(means: means, std: std) }

  init(_ clustering: Clustering) {
    means = clustering.means
    assignments = clustering.owners.map { Int($0) }
    objectives = clustering.objectives
    iterations = objectives.count
    converged = clustering.converged
    std = ((objectives.last ?? 0) / Double(assignments.count * means.columns)).squareRoot()
    let sizes = clustering.sizes
    singletonShare = Double(sizes.count { $0 == 1 }) / Double(means.rows)
    emptyComponents = sizes.count { $0 == 0 }
  }
}
