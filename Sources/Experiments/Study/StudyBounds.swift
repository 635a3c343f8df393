// SPDX-License-Identifier: MIT

/// The values that settings may have, for those who write a study and for what is read from a file alike.
public enum StudyBounds {
  /// d.
  public static let dimension = 1...100_000
  /// K.
  public static let trueComponents = 1...100_000
  /// N.
  public static let samples = 2...100_000
  /// Held-out samples.
  public static let heldOutSamples = 2...10_000_000
  /// Samples drawn from each model.
  public static let evaluationSamples = 1...10_000_000
  /// M, also where it is a fraction of N, and what other families count by.
  public static let capacity = 1...1_000_000
  /// M/N, above zero.
  public static let componentFraction = Double.leastNonzeroMagnitude...1000
  /// Capacities added around a transition.
  public static let refinement = 0...1_000
  /// Training steps.
  public static let steps = 1...100_000_000
  /// Noise draws per sample and step.
  public static let draws = 1...100_000
  /// Times of a grid, both ends included.
  public static let timeCount = 2...10_000
  /// What a study may allow itself, not what it has.
  public static let maximumRuns = 1...10_000_000
  /// sigma_*^2, and every standard deviation, scale and radius of a start.
  public static let scale = 1e-8...1e8
  /// Above zero.
  public static let componentRatio = Double.leastNonzeroMagnitude...1
  /// Share of the training samples that are copies.
  public static let duplicates = 0...0.5
  /// Above zero.
  public static let criterion = Double.leastNonzeroMagnitude...1
  /// Above zero.
  public static let peakRate = Double.leastNonzeroMagnitude...10
  /// A time, and the limit of a min-SNR weight.
  public static let positive = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude
  /// The exponent of Karras's spacing, above zero.
  public static let rho = Double.leastNonzeroMagnitude...100
  /// Rows and columns of pixels of a template.
  public static let pictureSide = 2...256
  /// Channels of a colour.
  public static let channels = 1...16
  /// Numbers in the largest array: 1.6 GB of doubles.
  public static let arraySize = 200_000_000
}
