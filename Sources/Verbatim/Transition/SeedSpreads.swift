// SPDX-License-Identifier: MIT
internal import Experiments
internal import Foundation
internal import Memorization

/// How much M_pt/N moves from one data seed to the next, and from one training seed to the next.
public struct SeedSpreads: Sendable, Encodable {
  /// M_pt/N over seeds of one kind.
  public struct Spread: Sendable, Encodable {
    /// The seeds, in the order of `values`.
    public let seeds: [UInt64]
    /// M_pt/N of each seed; null where the half is not in range.
    public let values: [Double?]
    /// Of the values in range; nil where there are none.
    public let mean: Double?
    /// Standard deviation over seeds (n - 1).
    public let std: Double?
  }

  /// Over seeds of the data, and over seeds of start, training and sampling.
  public let dataSeeds, trainingSeeds: Spread

  /// Nil when there is one family only.
  init?(_ results: StudyResults, base: Configuration) {
    guard results.byConfiguration.count > 1 else { return nil }
    let data = results.byConfiguration.filter { $0.configuration.seed == base.seed }
    let training = results.byConfiguration.filter { $0.configuration.data.dataSeed == base.data.dataSeed }
    dataSeeds = Self.spread(data) { $0.data.dataSeed }
    trainingSeeds = Self.spread(training) { $0.seed }
  }

  private static func spread(_ families: [ConfigurationResults], _ seed: (Configuration) -> UInt64) -> Spread {
    let values = families.map(\.transition.half.value)
    let known = values.compactMap { $0 }
    let mean = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    let std = mean.flatMap { mean in
      known.count < 2
        ? nil : (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count - 1)).squareRoot()
    }
    return Spread(seeds: families.map { seed($0.configuration) }, values: values, mean: mean, std: std)
  }

  /// For a terminal.
  var lines: [String] {
    [("data seeds    ", dataSeeds), ("training seeds", trainingSeeds)].map { name, spread in
      let values = spread.values.map { $0.map { String(format: "%.3f", $0) } ?? "none" }.joined(separator: " ")
      guard let mean = spread.mean, let std = spread.std else { return "\(name)  M_pt/N: \(values)" }
      return "\(name)  M_pt/N: \(values)   mean " + String(format: "%.3f, std %.3f", mean, std)
    }
  }
}
